package courier.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoCollection;
import courier.deadletter.DeskFixture;
import courier.deadletter.State;
import courier.http.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes out as lines comes in again as it was, once, and what cannot be is told. */
class TransferTest {
  private static final String ONE =
      "{\"_id\":\"m\",\"from\":\"a\",\"to\":\"b\",\"message\":\"?\",\"createdAt\":{\"$date\":0},"
          + "\"partition\":0,\"offset\":7}";

  @TempDir Path folder;
  private DeskFixture fixture;
  private MongoCollection<Document> messages;

  @BeforeEach
  void start() {
    fixture = new DeskFixture(folder);
    messages = fixture.mongo.client().getDatabase("courier").getCollection("messages");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static byte[] lines(MongoCollection<Document> of, UnaryOperator<Document> shown) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    Iterator<byte[]> pieces = new DocumentLines(of.find().iterator(), shown);
    pieces.forEachRemaining(lines::writeBytes);
    return lines.toByteArray();
  }

  private Batch letters() {
    return new Batch(fixture.letters, ImportedLetter::of, letter -> false);
  }

  private Batch messages() {
    return new Batch(
        messages, Importable.MESSAGE::check, message -> "erased".equals(message.get("from")));
  }

  /** The answer. */
  private static String take(Batch batch, byte[] lines) throws Exception {
    Lines read = new Lines(new ByteArrayInputStream(lines));
    while (batch.take(read)) {
      batch.store();
    }
    batch.store();
    Message answer = new DefaultMessage(new DefaultCamelContext());
    batch.answer(answer);
    return new String((byte[]) answer.getBody(), UTF_8);
  }

  private static String counts(int imported, int already, int erased) {
    return "{\"imported\":%d,\"already\":%d,\"erased\":%d}".formatted(imported, already, erased);
  }

  @Test
  void aDeadLetterIsTheSameAgainByteForByte() throws Exception {
    fixture.index.write(
        LongStream.range(0, 700).mapToObj(i -> fixture.letter(i, "t1", List.of())).toList());
    Document odd =
        new Document("value", new Binary(new byte[] {(byte) 0xff, 0, '\n', '"'}))
            .append("key", null)
            .append("headers", List.of(new Document("key", "k").append("value", null)))
            .append("tags", List.of("billing"))
            .append("held", new Document("at", new Date()).append("by", "anna"));
    fixture.letters.updateMany(new Document(), new Document("$set", odd));
    List<Document> before = fixture.letters.find().into(new ArrayList<>());
    byte[] lines = lines(fixture.letters, Importable.LETTER::only);
    fixture.letters.deleteMany(new Document());
    assertEquals(counts(700, 0, 0), take(letters(), lines));
    assertEquals(before, fixture.letters.find().into(new ArrayList<>()));
    assertEquals(counts(0, 700, 0), take(letters(), lines));
  }

  @Test
  void oneThatWasBeingReplayedIsOpenAndNobodysClaimComesWithIt() throws Exception {
    fixture.index.write(List.of(fixture.letter(0, "t1", List.of())));
    fixture.replay("client-messages-0-0");
    byte[] lines = lines(fixture.letters, Importable.LETTER::only);
    assertTrue(!new String(lines, UTF_8).contains("claim"));
    fixture.letters.deleteMany(new Document());
    take(letters(), lines);
    assertEquals(State.FAILED, fixture.desk.find("client-messages-0-0").state());
    assertEquals(State.REPLAYING, fixture.replay("client-messages-0-0").state());
  }

  @Test
  void aMessageKeepsWhatOthersSentWithIt() throws Exception {
    Document message =
        Document.parse(ONE)
            .append("offset", 7L)
            .append("price", Decimal128.parse("1.50"))
            .append("asSent", "{\"price\":1.50,\"$bad\":1}")
            .append("more", new Document("list", List.of(1, 2L, 1.0, "ü")));
    messages.insertOne(message);
    byte[] lines = lines(messages, UnaryOperator.identity());
    messages.deleteMany(new Document());
    assertEquals(counts(1, 0, 0), take(messages(), lines));
    assertEquals(message, messages.find().first());
  }

  @Test
  void whatIsThereStaysAndWhoWasErasedStaysSo() throws Exception {
    messages.insertOne(Document.parse(ONE).append("message", "the first"));
    String erased = ONE.replace("\"m\"", "\"n\"").replace("\"a\"", "\"erased\"");
    String lines = ONE + "\r\n\n" + erased + "\n" + ONE.replace("\"m\"", "\"o\"");
    assertEquals(counts(1, 1, 1), take(messages(), lines.getBytes(UTF_8)));
    assertEquals("the first", messages.find(new Document("_id", "m")).first().get("message"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no JSON|is no JSON",
        "[]|is no JSON object",
        "{\"_id\":\"m\"}{}|has something behind its object",
        "{\"_id\":\"m\",\"_id\":\"n\"}|is no JSON: Duplicate",
        "{\"_id\":\"m\"}|has no `",
        "{\"_id\":{\"$date\":\"never\"}}|is no document in Extended JSON",
      })
  void aLineThatIsWrongIsNamedAndTheOthersAreTaken(String line, String why) {
    byte[] lines = (line + "\n" + ONE).getBytes(UTF_8);
    Refusal refusal = assertThrows(Refusal.class, () -> take(messages(), lines));
    assertEquals(400, refusal.problem().status());
    assertEquals(
        "Of the lines 1 are imported, 0 were there already, 0 are of somebody who was erased,"
            + " 1 are wrong.",
        refusal.getMessage());
    assertEquals("line 1", refusal.problem().errors().get(0).field());
    String said = refusal.problem().errors().get(0).detail();
    assertTrue(said.startsWith(why), said);
  }

  @ParameterizedTest
  @CsvSource({
    "\"state\":\"unheard-of\"",
    "\"claim\":\"mine\"",
    "\"history\":[]",
    "\"headers\":[{\"key\":1}]",
    "\"replays\":\"many\"",
    "\"tags\":[1]"
  })
  void aDeadLetterThatWouldFailItsReadersIsWrong(String member) {
    fixture.index.write(List.of(fixture.letter(0, "t1", List.of())));
    String good = new String(lines(fixture.letters, Importable.LETTER::only), UTF_8).strip();
    String name = member.substring(1, member.indexOf('"', 1));
    Document letter = Document.parse(good).append("_id", "other");
    letter.append(name, Document.parse("{" + member + "}").get(name));
    byte[] line = letter.toJson().getBytes(UTF_8);
    Refusal refusal = assertThrows(Refusal.class, () -> take(letters(), line));
    assertTrue(
        refusal.problem().errors().get(0).detail().contains(name), refusal.problem()::toString);
    assertEquals(1, fixture.letters.countDocuments());
  }

  @Test
  void aByteOrderMarkAndLinesOfBlanksAreNone() throws Exception {
    String lines = "\ufeff" + ONE + "\r\n \t\r\n\n" + ONE.replace("\"m\"", "\"n\"") + "\n  ";
    assertEquals(counts(2, 0, 0), take(messages(), lines.getBytes(UTF_8)));
    assertEquals(2, messages.countDocuments());
  }

  @Test
  void aByteOrderMarkAnywhereElseIsToldWithItsLine() {
    byte[] lines = ("\n\ufeff" + ONE).getBytes(UTF_8);
    Refusal refusal = assertThrows(Refusal.class, () -> take(messages(), lines));
    assertEquals("line 2", refusal.problem().errors().get(0).field());
  }

  @Test
  void aLineThatIsTooLongOrTooDeepStopsNoOther() {
    byte[] lines = new byte[Lines.LONGEST + 1000];
    Arrays.fill(lines, (byte) 'x');
    byte[] deep = ("\n{\"_id\":" + "[".repeat(100_000) + "\n" + ONE + "\n").getBytes(UTF_8);
    byte[] all = Arrays.copyOf(lines, lines.length + deep.length);
    System.arraycopy(deep, 0, all, lines.length, deep.length);
    Refusal refusal = assertThrows(Refusal.class, () -> take(messages(), all));
    assertEquals(2, refusal.problem().errors().size(), refusal.problem()::toString);
    assertTrue(refusal.problem().errors().get(0).detail().startsWith("is longer than"));
    assertEquals(1, messages.countDocuments());
  }
}
