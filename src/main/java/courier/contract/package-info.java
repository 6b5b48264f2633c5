/**
 * What other programs may rely on, as documents that they can read: OpenAPI of what is answered,
 * AsyncAPI of what goes through Kafka and Socket.IO. Knows how to serve them, and nothing of what
 * they describe.
 */
package courier.contract;
