package courier.socketio.server;

import java.util.List;

/** Who may connect, by name. */
public final class Recipients {
  private static final String ANYBODY = "*";

  /** As the property {@code client-b.name} has it by default. */
  private static final String NOBODY_NAMED = "clientB";

  private final List<String> names;
  private final String unnamed;

  /**
   * @param names comma-separated; {@code *} is anybody
   */
  public Recipients(String names) {
    this.names = List.of(names.strip().split("\\s*,\\s*"));
    unnamed =
        this.names.stream().filter(name -> !name.equals(ANYBODY)).findFirst().orElse(NOBODY_NAMED);
  }

  /**
   * The room of a client.
   *
   * @param name as it says; null is the first of the list
   * @throws IllegalArgumentException when nobody of this name can get anything here
   */
  String room(String name) {
    if (name == null) {
      return unnamed;
    }
    if (!names.contains(name) && !names.contains(ANYBODY)) {
      throw new IllegalArgumentException(
          ("No messages for \"%s\" are kept here, only for %s: connect with such a name as"
                  + " auth.clientId, or add this one to client-b.name.")
              .formatted(name, String.join(", ", names)));
    }
    return name;
  }
}
