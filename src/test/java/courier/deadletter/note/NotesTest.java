package courier.deadletter.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.deadletter.DeskFixture;
import courier.deadletter.DeskRequest;
import courier.deadletter.Hold;
import courier.deadletter.Letter;
import courier.deadletter.State;
import courier.deadletter.bulk.BulkRequest;
import courier.http.Refusal;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say of dead letters and groups, and what holding one back stops. */
class NotesTest {
  private static final String FIRST = "client-messages-0-0";
  private static final BulkRequest ALL =
      new BulkRequest("anna", 100, new Document("sender", "anna"));

  @TempDir Path folder;
  private DeskFixture fixture;
  private LetterNotes letters;
  private GroupNotes groups;
  private String group;

  @BeforeEach
  void start() {
    fixture = new DeskFixture(folder);
    letters = new LetterNotes(fixture.mongo.client(), "courier", fixture.desk);
    groups = new GroupNotes(fixture.mongo.client(), "courier");
    fail(0, 3);
    group = letter(FIRST).document().getString("group");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void fail(long from, long to) {
    fixture.index.write(
        LongStream.range(from, to).mapToObj(i -> fixture.letter(i, "t1", List.of())).toList());
  }

  private Letter letter(String id) {
    return fixture.desk.find(id);
  }

  private static NoteRequest by(String id, String text) {
    return new NoteRequest(id, "bert", text, List.of(), List.of());
  }

  private static NoteRequest tags(String id, List<String> add, List<String> remove) {
    return new NoteRequest(id, "bert", null, add, remove);
  }

  private static Refusal refused(Function<NoteRequest, Document> action, NoteRequest request) {
    return assertThrows(Refusal.class, () -> action.apply(request));
  }

  private List<String> history(String id) {
    return letter(id).document().getList("history", Document.class).stream()
        .map(entry -> entry.getString("action"))
        .toList();
  }

  @Test
  void aLetterOnHoldIsNeitherReplayedNorDiscardedUntilItIsReleased() {
    letters.hold(by(FIRST, "the bank looks at it"));
    DeskRequest request = DeskFixture.by(FIRST);
    for (Function<DeskRequest, Letter> action :
        List.<Function<DeskRequest, Letter>>of(fixture.desk::replay, fixture.desk::discard)) {
      Refusal refusal = assertThrows(Refusal.class, () -> action.apply(request));
      assertEquals(409, refusal.problem().status());
      assertTrue(refusal.getMessage().contains("release it first"), refusal.getMessage());
      assertTrue(refusal.getMessage().contains("the bank looks at it"), refusal.getMessage());
    }
    assertEquals(409, refused(letters::hold, by(FIRST, null)).problem().status());
    assertNull(letters.release(by(FIRST, null)).get("held"));
    assertEquals(409, refused(letters::release, by(FIRST, null)).problem().status());
    assertEquals(State.DISCARDED, fixture.desk.discard(request).state());
    assertEquals(List.of("failed", "held", "released", "discarded"), history(FIRST));
  }

  @Test
  void aBulkReplayTakesNoneThatIsOnHold() {
    letters.hold(by(FIRST, null));
    assertEquals(2L, fixture.bulk.start(ALL).get("total"));
    assertEquals(State.FAILED, letter(FIRST).state());
    Refusal none = assertThrows(Refusal.class, () -> fixture.bulk.start(ALL));
    assertEquals(409, none.problem().status());
    assertTrue(none.getMessage().contains("on hold"), none.getMessage());
  }

  @Test
  void whatWaitsInABulkReplayAndIsHeldBackWaitsThereNoMore() {
    String replay = fixture.bulk.start(ALL).getString("_id");
    letters.hold(by(FIRST, null));
    assertEquals(State.FAILED, letter(FIRST).state());
    assertEquals(2L, fixture.bulk.get(replay).get("queued"));
  }

  @Test
  void aGroupOnHoldHoldsAlsoWhatWaitsInABulkReplayAndWhatComesLater() {
    String replay = fixture.bulk.start(ALL).getString("_id");
    letters.hold(by("client-messages-0-2", "by itself"));
    groups.hold(by(group, null));
    assertEquals(0L, fixture.bulk.get(replay).get("queued"));
    assertEquals(State.FAILED, letter(FIRST).state());
    fail(3, 4);
    groups.mark(Map.of(group, ""), List.of("client-messages-0-3"));
    assertTrue(letter("client-messages-0-3").hold().isOfGroup());
    letters.release(by(FIRST, "to try it")); // one of them
    assertEquals(State.REPLAYING, fixture.replay(FIRST).state());
    groups.release(by(group, null));
    assertNull(letter("client-messages-0-3").hold());
    assertEquals("by itself", letter("client-messages-0-2").hold().document().get("why"));
  }

  @Test
  void aClaimThatWasDecidedOnBeforeAHoldIsNone() {
    Letter before = letter(FIRST);
    letters.hold(by(FIRST, null));
    assertEquals(0, fixture.letters.countDocuments(before.unchanged()));
    letters.release(by(FIRST, null));
    assertEquals(1, fixture.letters.countDocuments(before.unchanged()));
  }

  @Test
  void whatAnInstanceThatEndedHadNotSaidOfAGroupsLettersIsSaidLater() {
    groups.hold(by(group, null));
    fixture.letters.updateMany(
        new Document(), new Document("$unset", new Document(Hold.FIELD, "")));
    fixture
        .mongo
        .client()
        .getDatabase("courier")
        .getCollection("dead-letter-groups")
        .updateOne(new Document(), new Document("$set", new Document("settlingAt", new Date(0))));
    groups.tidy();
    assertTrue(letter(FIRST).hold().isOfGroup());
  }

  @Test
  void ofTwoThingsSaidOfAGroupAtOnceTheSecondWaits() {
    groups.hold(by(group, null));
    fixture
        .mongo
        .client()
        .getDatabase("courier")
        .getCollection("dead-letter-groups")
        .updateOne(new Document(), new Document("$set", new Document("settlingAt", new Date())));
    assertEquals(409, refused(groups::release, by(group, null)).problem().status());
    assertTrue(letter(FIRST).hold().isOfGroup());
  }

  @Test
  void aTagIsOfTheLetterAndThatOfAGroupOfAllItsLetters() {
    letters.tag(tags(FIRST, List.of("billing", "old"), List.of()));
    assertEquals(
        List.of("billing"), letters.tag(tags(FIRST, List.of(), List.of("old"))).get("tags"));
    assertEquals(1, tagged("billing"));
    groups.tag(tags(group, List.of("billing"), List.of()));
    fail(3, 4);
    groups.mark(Map.of(group, ""), List.of("client-messages-0-3"));
    assertEquals(4, tagged("billing"));
    groups.tag(tags(group, List.of("new"), List.of("billing")));
    assertEquals(0, tagged("billing"));
    assertEquals(4, tagged("new"));
  }

  private long tagged(String tag) {
    return fixture.letters.countDocuments(new Document("tags", tag));
  }

  @Test
  void tagsAndNotesAreFew() {
    List<String> many = IntStream.range(0, 20).mapToObj(i -> "t" + i).toList();
    letters.tag(tags(FIRST, many, List.of()));
    Refusal refusal = refused(letters::tag, tags(FIRST, List.of("one more"), List.of()));
    assertEquals(409, refusal.problem().status());
    for (int i = 0; i < 50; i++) {
      letters.note(by(FIRST, "note " + i));
    }
    assertEquals(409, refused(letters::note, by(FIRST, "one more")).problem().status());
    assertEquals(50, letter(FIRST).document().getList("history", Document.class).size());
  }

  @Test
  void aNoteIsKeptWithWhoAndWhen() {
    groups.note(by(group, "seen before"));
    Document note =
        letters.note(by(FIRST, "sent by the old client")).getList("notes", Document.class).get(0);
    assertEquals("bert", note.get("by"));
    assertEquals("sent by the old client", note.get("text"));
    assertTrue(note.get("at") instanceof Date);
  }

  @Test
  void thereIsNothingToSayOfWhatIsNotThere() {
    assertEquals(404, refused(letters::note, by("nothing", "?")).problem().status());
    assertEquals(404, refused(groups::hold, by("nothing", null)).problem().status());
  }
}
