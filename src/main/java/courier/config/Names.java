package courier.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whose messages client B keeps: names separated by commas, or {@code *} for all. */
record Names(String text) {
  private static final String DEFAULT = "clientB";
  private static final String GROUP = "client-b";
  private static final String ALL = "*";

  /**
   * @throws StartupException when there are none
   */
  static Names of(String property) {
    String names = property.strip().replaceAll("\\s*,\\s*", ",");
    if (!names.matches("[^,'{}]+(,[^,'{}]+)*")) {
      throw new StartupException(
          "client-b.name is \"%s\": give a name, several separated by commas, or * for all; without ', { and }."
              .formatted(names));
    }
    return new Names(names);
  }

  /**
   * The consumer group of who keeps these. The names are part of it: who ignores what another one
   * keeps must not move the other's offsets.
   */
  String group() {
    Set<String> names = new TreeSet<>(List.of(text.split(",")));
    if (names.contains(ALL)) {
      return GROUP + "." + ALL;
    }
    return names.equals(Set.of(DEFAULT)) ? GROUP : GROUP + "." + String.join(",", names);
  }
}
