package courier.feed;

/**
 * What all clients together may cost that catch up.
 *
 * @param readers how many may have what they missed read from the store at a time
 * @param bytes of missed events that may be on their way to clients
 * @param timeoutMillis how long one may take for a page while others wait
 * @param pageBytes that may be kept for those who missed the same
 */
public record Limits(int readers, long bytes, long timeoutMillis, long pageBytes) {}
