package courier.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.fixture.CourierProcess;
import courier.fixture.SharedCourier;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What client B has stored, read back. */
@ExtendWith(SharedCourier.class)
class MessagesIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

  private final CourierProcess courier;
  private final String messages;

  MessagesIT(CourierProcess courier) {
    this.courier = courier;
    messages = courier.clientB() + "/messages";
  }

  @Test
  void areListedNewestFirst() throws Exception {
    List<String> sent = send(5);

    List<String> listed = ids(courier.get(messages));
    List<String> newest = new ArrayList<>(listed);
    newest.retainAll(sent);
    assertEquals(sent, reversed(newest));
    List<String> times = new ArrayList<>();
    JSON.readTree(courier.get(messages).body())
        .forEach(message -> times.add(message.path("createdAt").textValue()));
    assertEquals(times.stream().sorted().toList(), reversed(times));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void arePagedThroughWithoutGapOrRepeat(int limit) throws Exception {
    send(7);

    List<String> paged = new ArrayList<>();
    String next = messages + "?limit=" + limit;
    while (next != null) {
      HttpResponse<String> page = courier.get(next);
      List<String> ids = ids(page);
      paged.addAll(ids);
      next = next(page);
      assertTrue(next == null ? ids.size() <= limit : ids.size() == limit, ids.toString());
    }
    assertEquals(ids(courier.get(messages)), paged);
  }

  @Test
  void thatArriveWhilePagingDoNotShiftThePages() throws Exception {
    List<String> sent = send(4);
    HttpResponse<String> first = courier.get(messages + "?limit=2");

    send(3);

    assertEquals(reversed(sent).subList(0, 2), ids(first));
    assertEquals(reversed(sent).subList(2, 4), ids(courier.get(next(first))));
  }

  @Test
  void ofOneClientAreListedAndPagedThroughWithoutThoseOfOthers() throws Exception {
    String name = "a & b <" + UUID.randomUUID() + ">";
    List<String> first = send(3, name);
    send(2);
    List<String> then = send(2, name);
    List<String> expected = Stream.of(first, then).flatMap(List::stream).toList();
    String theirs = "clientId=" + URLEncoder.encode(name, UTF_8);

    assertEquals(reversed(expected), ids(courier.get(messages + "?" + theirs)));
    List<String> paged = new ArrayList<>();
    String next = messages + "?limit=2&" + theirs;
    while (next != null) {
      HttpResponse<String> page = courier.get(next);
      paged.addAll(ids(page));
      next = next(page);
      assertTrue(next == null || next.contains(theirs), next);
    }
    assertEquals(reversed(expected), paged);
    List<String> received = ids(courier.get(messages + "?clientId=clientB"));
    assertTrue(received.containsAll(expected), received.toString());
    assertEquals(List.of(), ids(courier.get(messages + "?clientId=" + UUID.randomUUID())));
  }

  @ParameterizedTest
  @CsvSource({
    "limit, 0",
    "limit, 1001",
    "limit, -1",
    "limit, ten",
    "limit, ''",
    "before, x",
    "before, W10",
    "before, '%7B%7D'",
    "before, WzEsMl0",
    "clientId, ''",
    "clientId, anna&clientId=bert"
  })
  void refuseAPageThatThereCannotBe(String parameter, String value) throws Exception {
    HttpResponse<String> answer = courier.get(messages + "?" + parameter + "=" + value);

    assertEquals(400, answer.statusCode());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("content-type").orElseThrow());
    assertEquals(parameter, JSON.readTree(answer.body()).at("/errors/0/field").textValue());
  }

  @Test
  void areThereOneByOneOrNotFound() throws Exception {
    String id = send(1).get(0);

    JsonNode one = JSON.readTree(courier.get(messages + "/" + id).body());
    assertEquals(JSON.readTree(courier.get(messages + "?limit=1").body()).get(0), one);
    HttpResponse<String> none = courier.get(messages + "/none");
    assertEquals(404, none.statusCode());
    assertEquals(
        "application/problem+json", none.headers().firstValue("content-type").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "😀 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "שלום عليكم \u202Eright to left\u202C",
        "e\u0301 and \u00e9, \u1100\u1161\u11a8 and \uac01",
        "a\u0000b\u0001\u001f\u007f\u0085\u2028\u2029\ufeff\uffff",
        "\" \\ / \b\f\n\r\t </script>",
        "𝒳 𐍈 ボブ ß ﬁ"
      })
  void keepEveryCharacter(String text) throws Exception {
    String id = "id of " + text.codePointAt(0) + " " + UUID.randomUUID();
    String sender = "from " + text;
    String body =
        JSON.writeValueAsString(Map.of("id", id, "from", sender, "to", "clientB", "message", text));

    assertEquals(202, courier.send(body).statusCode());

    String address = messages + "/" + id.replace(" ", "%20");
    await().until(() -> courier.get(address).statusCode() == 200);
    JsonNode stored = JSON.readTree(courier.get(address).body());
    assertEquals(List.of(bytes(text)), List.of(bytes(stored.path("message").textValue())));
    assertEquals(sender, stored.path("from").textValue());
    assertFalse(courier.get(messages).body().contains("\ufffd"));
  }

  private static String bytes(String text) {
    return java.util.HexFormat.of().formatHex(text.getBytes(UTF_8));
  }

  private List<String> send(int count) throws IOException {
    return send(count, "pages");
  }

  /** Sends this many messages of one conversation, and waits until the last is stored. */
  private List<String> send(int count, String from) throws IOException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      HttpResponse<String> answer =
          courier.send(
              "{\"from\":\"%s\",\"to\":\"clientB\",\"message\":\"%d\"}".formatted(from, i));
      ids.add(JSON.readTree(answer.body()).path("id").textValue());
    }
    String last = messages + "/" + ids.get(count - 1);
    await().until(() -> courier.get(last).statusCode() == 200);
    return ids;
  }

  private static List<String> ids(HttpResponse<String> page) throws IOException {
    assertEquals(200, page.statusCode(), page.body());
    List<String> ids = new ArrayList<>();
    JSON.readTree(page.body()).forEach(message -> ids.add(message.path("_id").textValue()));
    return ids;
  }

  private String next(HttpResponse<String> page) {
    Matcher link = NEXT.matcher(page.headers().firstValue("link").orElse(""));
    return link.find() ? courier.clientB() + link.group(1) : null;
  }

  private static List<String> reversed(List<String> list) {
    List<String> reversed = new ArrayList<>(list);
    java.util.Collections.reverse(reversed);
    return reversed;
  }
}
