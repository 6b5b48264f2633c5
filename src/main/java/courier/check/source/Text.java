package courier.check.source;

/**
 * A value as it is written, and where.
 *
 * @param line from 1 on
 */
public record Text(String value, int line) {}
