package courier.chaos;

/** A stored message; its text is what it was sent as, whatever became of its id. */
record Stored(String id, String from, String text, int partition, long offset) {}
