/**
 * The servers that need no installation: a Kafka broker, and a store that speaks MongoDB's protocol
 * on one file. They know nothing of Courier, and Courier nothing of them but where they listen.
 */
package courier.infra;
