package courier.backend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import courier.config.Settings;
import courier.config.StartupException;
import courier.failure.Access;
import courier.kafka.Certificates;
import courier.mongodb.MongoHealthCheck;
import courier.mongodb.MongoIndexes;
import courier.mongodb.ScriptedMongo;
import courier.mongodb.Unanswered;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a MongoDB that does not let Courier in, or that it does not trust. */
class MongoServerTest {
  private static final String ANNA = "anna:hidden@";
  private static final int UNAUTHORIZED = 13;
  private static final int SHUTTING_DOWN = 91;
  private static final int AUTHENTICATION_FAILED = 18;

  private final ScriptedMongo mongo = new ScriptedMongo();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    mongo.close();
  }

  private static MongoServer at(String uri) {
    return new MongoServer(Settings.load(Path.of(""), Map.of("MONGODB_URI", uri)));
  }

  private void prepare() {
    MongoServer server = at(mongo.uri("", ""));
    try (MongoClient client = server.client()) {
      server.prepare(client, true);
    }
  }

  @Test
  void whoMayMakeNoIndexesDoesWithThoseThatAreThere() {
    mongo.start();
    prepare();
    mongo.refuse("createIndexes", UNAUTHORIZED, "not authorized on courier");

    prepare();
  }

  @Test
  void eachIndexThatIsMissingIsNamedByTheLineThatMakesIt() {
    mongo.start().refuse("createIndexes", UNAUTHORIZED, "not authorized on courier");

    String said = assertThrows(StartupException.class, this::prepare).getMessage();
    assertTrue(said.contains("allow createIndex on courier"), said);
    assertTrue(
        said.contains(
            "db.getCollection(\"dead-letters\").createIndex({\"state\": 1, \"claimedAt\": 1})"),
        said);
    assertEquals(21, said.split("createIndex\\(").length - 1, said);
  }

  @Test
  void eachRightThatIsMissingIsNamed() {
    Document resource = new Document("db", "courier").append("collection", "");
    List<String> actions = List.of("find", "listIndexes", "update", "remove");
    mongo
        .start()
        .answer(
            "connectionStatus",
            new Document(
                "authInfo",
                new Document(
                    "authenticatedUserPrivileges",
                    List.of(new Document("resource", resource).append("actions", actions)))));

    String said = assertThrows(StartupException.class, this::prepare).getMessage();
    assertTrue(said.contains(" insert on courier.messages, insert on courier.receipts,"), said);
    assertTrue(said.contains("give it the role readWrite of courier"), said);
  }

  @Test
  void aRightThatIsTakenAwayIsNamedByWhatIsRefused() {
    mongo
        .start()
        .refuse(
            "listIndexes",
            UNAUTHORIZED,
            "not authorized on courier to execute command { listIndexes: \"messages\", cursor: {} }");
    try (MongoClient client = at(mongo.uri("", "")).client()) {
      MongoException refused =
          assertThrows(
              MongoException.class, () -> MongoIndexes.missing(client.getDatabase("courier")));

      String said = Access.advice(refused).orElseThrow();
      assertTrue(said.contains("user listIndexes on courier.messages, "), said);
    }
  }

  @Test
  void aWrongPasswordIsNamedAndEndsTheWaiting() {
    mongo.start().refuse("saslStart", AUTHENTICATION_FAILED, "Authentication failed.");

    String said = Access.advice(failure(mongo.uri(ANNA, ""))).orElseThrow();
    assertTrue(said.startsWith("MongoDB refuses the user or the password"), said);
    try (MongoClient client = at(mongo.uri(ANNA, "")).client()) {
      assertEquals(said, new MongoHealthCheck(client).call().getMessage().orElseThrow());
    }
  }

  @Test
  void anOutageWhileItLooksAtThePasswordIsNoRefusal() {
    mongo.start().refuse("saslStart", SHUTTING_DOWN, "The server is in quiesce mode");

    assertTrue(Access.advice(failure(mongo.uri(ANNA, ""))).isEmpty());
  }

  @Test
  void whoSaysNoNameIsToldToSayOne() {
    mongo.start().refuse("ping", UNAUTHORIZED, "Command ping requires authentication");

    String said = Access.advice(failure(mongo.uri("", ""))).orElseThrow();
    assertTrue(said.contains("name a user in mongodb.uri"), said);
  }

  @Test
  void aCertificateIsTrustedIfItsAuthorityIsNamedAndElseSaidNotToBe() throws Exception {
    Certificates certificates = new Certificates(folder);
    certificates.issue("db");
    mongo.startWithTls(folder.resolve("db.p12"), "changeit");

    String trusting = "&tlsCAFile=" + certificates.authority();
    try (MongoClient client = at(mongo.uri("", trusting)).client()) {
      client.listDatabaseNames().first();
    }
    // A start asks again while nobody answers, as here the first time on a slow machine.
    await().until(() -> Access.advice(failure(mongo.uri("", "&tls=true"))).isPresent());
    String said = Access.advice(failure(mongo.uri("", "&tls=true"))).orElseThrow();
    assertTrue(said.contains("certificate is not trusted, name who signed it in tlsCAFile"), said);
    String plain = Unanswered.advice(failure(mongo.uri("", "")));
    assertTrue(plain.contains("if it wants TLS, set tls=true in mongodb.uri"), plain);
  }

  @Test
  void aCertificateThatHasExpiredIsNamed() throws Exception {
    Certificates certificates = new Certificates(folder);
    certificates.issue("old", "-startdate", "-10d", "-validity", "5");
    mongo.startWithTls(folder.resolve("old.p12"), "changeit");

    String uri = mongo.uri("", "&tlsCAFile=" + certificates.authority());
    String said = Access.advice(failure(uri)).orElseThrow();
    assertTrue(said.contains("MongoDB's certificate has expired"), said);
  }

  @Test
  void aFileThatThereIsNotIsNamed() {
    mongo.start();

    String said =
        assertThrows(
                StartupException.class,
                () -> at(mongo.uri("", "&tlsCAFile=/nowhere/ca.pem")).client())
            .getMessage();
    assertTrue(said.contains("/nowhere/ca.pem"), said);
  }

  @Test
  void aNameThatDoesNotResolveIsSaid() {
    String uri = "mongodb://nowhere.invalid/courier?serverSelectionTimeoutMS=500";

    assertEquals("", Access.advice(failure(uri)).orElse(""));
    assertTrue(Unanswered.advice(failure(uri)).contains("does not resolve"));
  }

  private static MongoException failure(String uri) {
    MongoServer server = at(uri);
    try (MongoClient client = server.client()) {
      return assertThrows(MongoException.class, () -> server.prepare(client, true));
    }
  }
}
