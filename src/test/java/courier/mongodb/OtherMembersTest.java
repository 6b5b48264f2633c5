package courier.mongodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;

class OtherMembersTest {
  @Test
  void areUnderTheirOwnNamesForOtherPrograms() throws Exception {
    Document document = put("{\"tags\":[\"a\",{\"b\":null}],\"number\":1.5,\"large\":5000000000}");

    assertEquals(
        Document.parse("{tags: ['a', {b: null}], number: 1.5, large: {$numberLong: '5000000000'}}"),
        document);
  }

  @Test
  void areNextToWhatWasSentWhereMongodbHasNoSuchValue() throws Exception {
    Document document = put("{\"price\":12.50,\"id\":12345678901234567890,\"n\":1e400}");

    assertEquals(12.5, document.get("price"));
    assertEquals(Decimal128.parse("12345678901234567890"), document.get("id"));
    assertEquals(Decimal128.parse("1e400"), document.get("n"));
  }

  @Test
  void whatDriversMakeSomethingElseOfIsTextAlone() throws Exception {
    Document document = put("{\"meta\":{\"$ref\":1,\"$id\":2}}");

    assertEquals(new Document("asSent", "{\"meta\":{\"$ref\":1,\"$id\":2}}"), document);
    assertEquals("{\"meta\":{\"$ref\":1,\"$id\":2}}", json(document));
  }

  @Test
  void aNameOfCouriersOwnIsKeptApart() throws Exception {
    Document document = put("{\"offset\":1.50,\"more\":true}").append("offset", 7L);

    assertEquals("{\"more\":true,\"offset\":7,\"asSent\":{\"offset\":1.50}}", json(document));
  }

  @Test
  void whatWasStoredBeforeThereWasThisIsShownAsItIs() {
    assertEquals("{\"asSent\":\"yesterday\"}", json(new Document("asSent", "yesterday")));
    assertEquals("{\"asSent\":\"[]\"}", json(new Document("asSent", "[]")));
    assertEquals("{\"asSent\":\"null\"}", json(new Document("asSent", "null")));
    assertEquals("{\"n\":1.0}", json(new Document("n", 1.0)));
  }

  @Test
  void whatIsInsideOfAMemberIsTheSenders() {
    Document inside = new Document("asSent", "{\"a\":1e2}");

    assertEquals("{\"meta\":{\"asSent\":\"{\\\"a\\\":1e2}\"}}", json(new Document("meta", inside)));
  }

  @Test
  void aNumberIsOneForARoute() throws Exception {
    Map<String, Object> read = JsonAsSent.read("{\"a\":1e2,\"b\":-0,\"c\":1.50}".getBytes(UTF_8));

    assertEquals(100, ((Number) read.get("a")).intValue());
    assertEquals(
        List.of("1e2", "-0", "1.50"), read.values().stream().map(String::valueOf).toList());
    assertFalse(read.get("c").equals(1.5));
  }

  private static Document put(String members) throws Exception {
    Document document = new Document();
    OtherMembers.put(JsonAsSent.read(members.getBytes(UTF_8)), document);
    return document;
  }

  private static String json(Document document) {
    return new String(StoredJson.of(document), UTF_8);
  }
}
