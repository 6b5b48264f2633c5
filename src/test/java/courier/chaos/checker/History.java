package courier.chaos.checker;

import courier.chaos.ledger.Entry;
import java.util.List;

/**
 * All that is to be judged.
 *
 * @param stored the oldest first, null when it could not be read
 */
public record History(List<Entry> ledger, List<Stored> stored, List<Letter> letters) {}
