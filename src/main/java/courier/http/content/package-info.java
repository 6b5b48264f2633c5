/**
 * In which form an answer goes out: with its body or without (HEAD), not at all when the client has
 * it already, in gzip when that is taken. Knows no endpoint.
 */
package courier.http.content;
