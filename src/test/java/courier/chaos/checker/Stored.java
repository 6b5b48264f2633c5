package courier.chaos.checker;

/** A stored message; its text is what it was sent as, whatever became of its id. */
public record Stored(String id, String from, String text, int partition, long offset) {}
