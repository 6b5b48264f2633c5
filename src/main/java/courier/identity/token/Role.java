package courier.identity.token;

import java.util.Locale;
import java.util.Optional;

/**
 * What a person may do, each more than the one before: nothing but to look at what is for all, to
 * send and read what is one's own, to see the desk without contents, and to see and change all.
 */
public enum Role {
  ANYBODY,
  CLIENT,
  VIEWER,
  OPERATOR;

  /** The role of this name, as a route or a token gives it: {@code operator}. */
  public static Optional<Role> named(String name) {
    for (Role role : values()) {
      if (role.toString().equals(name)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
