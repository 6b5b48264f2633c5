package courier.alert;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;

/** Which groups of dead letters there were; the store is asked for those that are new here. */
final class KnownGroups {
  private static final int MOST = 1000;

  private final Alerts alerts;
  private final Cache<String, Boolean> seen = Caffeine.newBuilder().maximumSize(MOST).build();

  KnownGroups(Alerts alerts) {
    this.alerts = alerts;
  }

  /**
   * @param groups by id, each with what it says
   */
  void see(Map<String, String> groups) {
    groups.forEach(
        (group, says) -> {
          if (seen.getIfPresent(group) == null) {
            String text = "There are dead letters of a new kind: %s.".formatted(says);
            alerts.raise(new Alert("dead-letter-group:" + group, "dead-letter-group", text));
            seen.put(group, true);
          }
        });
  }
}
