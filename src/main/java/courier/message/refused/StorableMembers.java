package courier.message.refused;

import java.util.List;
import java.util.Map;

/** The members of a message, as far as MongoDB and UTF-8 can hold them. */
public final class StorableMembers {
  private StorableMembers() {}

  /**
   * @throws InvalidMemberException naming the first one that they cannot
   */
  public static void check(Map<String, Object> members) throws InvalidMemberException {
    for (Map.Entry<String, Object> member : members.entrySet()) {
      String name = member.getKey();
      if (name.startsWith("$")) {
        throw new InvalidMemberException(
            "`%s` cannot be stored: MongoDB takes no member that begins with $"
                .formatted(Shown.of(name)));
      }
      name(name, name);
      value(member.getValue(), name);
    }
  }

  private static void value(Object value, String member) throws InvalidMemberException {
    if (value instanceof String text) {
      whole(text, member);
    } else if (value instanceof List<?> list) {
      for (Object each : list) {
        value(each, member);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> each : map.entrySet()) {
        name((String) each.getKey(), member);
        value(each.getValue(), member);
      }
    }
  }

  private static void name(String name, String member) throws InvalidMemberException {
    whole(name, member);
    if (name.indexOf(0) >= 0) {
      throw new InvalidMemberException(
          "`%s` cannot be stored: BSON takes no name with the character 0"
              .formatted(Shown.of(member)));
    }
  }

  /** What is half of a character is none in UTF-8, so that nobody would get it as it was sent. */
  private static void whole(String text, String member) throws InvalidMemberException {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          throw new InvalidMemberException(
              "`%s` has one half of a surrogate pair".formatted(Shown.of(member)));
        }
        i++;
      }
    }
  }
}
