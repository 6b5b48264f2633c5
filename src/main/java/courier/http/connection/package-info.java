/**
 * Connections of an HTTP server, within their limits: how many, how long, how fast, by HTTP/1.1 and
 * HTTP/2. Handlers of Netty, which know requests but no endpoint.
 */
package courier.http.connection;
