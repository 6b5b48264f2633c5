package courier.check.source;

import java.util.Collection;
import java.util.Optional;

/** What a service has beside its route files. */
public interface Surroundings {
  /** The value of a property, as {@code {{key}}} names it. */
  Optional<String> property(String key);

  /** The names of all properties. */
  Collection<String> properties();

  /** Whether there is a bean of this name that no route file declares. */
  boolean hasBean(String name);
}
