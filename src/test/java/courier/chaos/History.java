package courier.chaos;

import java.util.List;

/**
 * All that is to be judged.
 *
 * @param stored the oldest first
 */
record History(List<Entry> ledger, List<Stored> stored, List<Letter> letters) {}
