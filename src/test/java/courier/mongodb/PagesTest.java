package courier.mongodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.LongAnswers;
import courier.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.apache.camel.Message;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  private final Pages pages = new Pages("createdAt,offset,_id", new LongAnswers(1, 1));
  private final Message request = new DefaultExchange(new DefaultCamelContext()).getMessage();

  @Test
  void asksForOneMoreThanThePageToKnowWhetherThereIsANextOne() {
    request.setHeader("limit", "10");
    pages.query(request);

    assertEquals(11, request.getHeader(MongoDbConstants.LIMIT));
    assertEquals(
        Document.parse("{createdAt: -1, offset: -1, _id: -1}"),
        request.getHeader(MongoDbConstants.SORT_BY));
  }

  @Test
  void asksForAllWithoutALimitAndNeverByTheBodyOfTheRequest() {
    request.setBody("{\"from\": \"someone\"}");
    pages.query(request);

    assertNull(request.getHeader(MongoDbConstants.LIMIT));
    assertNull(request.getBody());
    assertEquals(new Document(), request.getHeader(MongoDbConstants.CRITERIA));
  }

  @Test
  void continuesAfterTheCursorMemberByMember() {
    request.setHeader("before", cursor("[1000, 7, \"a\"]"));
    pages.query(request);

    Date date = new Date(1000);
    assertEquals(
        new Document("createdAt", new Document("$lte", date))
            .append(
                "$or",
                List.of(
                    new Document("createdAt", new Document("$lt", date)),
                    new Document("createdAt", date).append("offset", new Document("$lt", 7)),
                    new Document("createdAt", date)
                        .append("offset", 7)
                        .append("_id", new Document("$lt", "a")))),
        request.getHeader(MongoDbConstants.CRITERIA));
  }

  @Test
  void continuesAfterTheCursorWithinASelectionOfAlternatives() {
    List<Document> alternatives = List.of(new Document("from", "x"), new Document("to", "x"));
    request.getExchange().setVariable("selection", new Document("$or", alternatives));
    request.setHeader("before", cursor("[1000, 7, \"a\"]"));
    pages.query(request);

    Document criteria = request.getHeader(MongoDbConstants.CRITERIA, Document.class);
    List<Document> both = criteria.getList("$and", Document.class);
    assertEquals(Set.of("createdAt", "$and"), criteria.keySet());
    assertEquals(2, both.size());
    assertEquals(new Document("$or", alternatives), both.get(0));
    assertEquals(3, both.get(1).getList("$or", Document.class).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1001", "ten", "", "1.5"})
  void refusesALimitThatIsNone(String limit) {
    request.setHeader("limit", limit);
    Refusal refusal = assertThrows(Refusal.class, () -> pages.query(request));
    assertTrue(refusal.getMessage().contains("`limit`"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%%%",
        "",
        "bm90IGpzb24",
        "WzFd",
        "eyJhIjoxfQ",
        "WzEsMix7IiRuZSI6MX1d", // [1,2,{"$ne":1}]
        "WzEsMixudWxsXQ", // [1,2,null]
        "WyJ4IiwyLCJ5Il0" // ["x",2,"y"]
      })
  void refusesACursorThatIsNone(String before) {
    request.setHeader("before", before);
    Refusal refusal = assertThrows(Refusal.class, () -> pages.query(request));
    assertTrue(refusal.getMessage().contains("`before`"));
  }

  private static String cursor(String json) {
    return Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
