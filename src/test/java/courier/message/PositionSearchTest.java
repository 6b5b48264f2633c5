package courier.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class PositionSearchTest {
  private static final int MANY = 1_000_000;

  /** By offset, when each message was created. */
  private final NavigableMap<Long, Long> stored = new TreeMap<>();

  private int looks;

  @Test
  void findsTheFirstInTheOrderOfOffsetsThatIsNotOlder() {
    for (long offset = 0; offset < 1_000; offset += 3) {
      stored.put(offset, offset * 10);
    }
    for (long since : List.of(0L, 10L, 5_000L, 5_010L, 9_990L, 9_991L)) {
      assertEquals(
          stored.values().stream().filter(created -> created >= since).findFirst(),
          stored.tailMap(search(since, 1_000)).values().stream().findFirst());
    }
  }

  @Test
  void missesNothingThatWasCreatedAfterwardsAndStoredBefore() {
    Random random = new Random(7);
    for (long offset = 0; offset < 5_000; offset++) {
      stored.put(offset, offset + random.nextInt(200));
    }
    for (long since = 0; since < 5_000; since += 97) {
      long created = since;
      long first =
          stored.entrySet().stream()
              .filter(m -> m.getValue() >= created)
              .findFirst()
              .get()
              .getKey();
      assertEquals(first, search(since, 5_000));
    }
  }

  @Test
  void looksAtFewOfAMillion() {
    for (long offset = 0; offset < MANY; offset++) {
      stored.put(offset, offset);
    }
    assertEquals(1, search(1, MANY));
    assertTrue(looks <= 15, () -> looks + " looks");
  }

  @Test
  void isAtTheEndWhereNothingWasCreatedSince() {
    stored.put(3L, 1L);
    assertEquals(10, search(2, 10));
    stored.clear();
    assertEquals(10, search(2, 10));
  }

  @Test
  void looksNowhereInAnEmptyPartition() {
    PositionSearch search = new PositionSearch(new Date(), new TreeMap<>(Map.of(0, 0L, 1, 0L)));
    assertEquals(false, search.isOpen());
    assertEquals(Map.of(0, 0L, 1, 0L), search.position());
  }

  private long search(long since, long next) {
    looks = 0;
    PositionSearch search = new PositionSearch(new Date(since), Map.of(0, next));
    while (search.isOpen()) {
      looks++;
      Document created = search.criteria().get("createdAt", Document.class);
      search.found(
          stored.subMap(search.from(), search.until()).entrySet().stream()
              .filter(m -> created == null || m.getValue() >= created.getDate("$gte").getTime())
              .findFirst()
              .map(
                  m ->
                      new Document("offset", m.getKey())
                          .append("createdAt", new Date(m.getValue())))
              .orElse(null));
    }
    return search.position().get(0);
  }
}
