package courier.message.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Stream;

/**
 * A value of a record that can never be handled.
 *
 * @param reason part of what its dead letter has to say
 */
record Poison(String name, byte[] value, String reason) {
  private Poison(String name, String value, String reason) {
    this(name, value.getBytes(UTF_8), reason);
  }

  static Stream<Poison> all() {
    return Stream.of(
        new Poison("garbage", new byte[] {(byte) 0xff, 0, (byte) 0xc3, 0x28}, "not a JSON object"),
        new Poison("nothing", (byte[]) null, "the record has no value"),
        new Poison("no bytes", "", "not a JSON object"),
        new Poison("900 KB of zeros", new byte[900_000], "not a JSON object"),
        new Poison("an array", "[]", "not a JSON object"),
        new Poison("null", "null", "not a JSON object"),
        new Poison("two objects", "{} {}", "not a JSON object"),
        new Poison("no receiver", "{\"from\":\"x\",\"message\":\"y\"}", "`to`"),
        new Poison(
            "an empty text", "{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"\"}", "`message`"),
        new Poison(
            "a number as sender", "{\"from\":1,\"to\":\"clientB\",\"message\":\"y\"}", "`from`"),
        new Poison("an object as id", with("\"id\":{}"), "`id`"),
        new Poison("no such time", with("\"createdAt\":\"yesterday\""), "`createdAt`"),
        new Poison("what MongoDB cannot name", with("\"$bad\":1"), "$bad"),
        new Poison("what BSON cannot name", with("\"a\\u0000b\":1"), "BSON"));
  }

  /** A good message but for this member. */
  private static String with(String member) {
    return "{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"y\"," + member + "}";
  }

  @Override
  public String toString() {
    return name;
  }
}
