package courier.failure;

import static courier.failure.FailureKind.OTHER;
import static courier.failure.FailureKind.OUTAGE;
import static courier.failure.FailureKind.POISON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.component.mongodb.CamelMongoDbException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureKindTest {
  private static final ServerAddress SERVER = new ServerAddress();
  private static final String ID_TAKEN =
      "E11000 duplicate key error collection: courier.messages index: _id_ dup key: { _id: \"1\" }";

  @ParameterizedTest
  @ValueSource(
      ints = {
        6, 7, 13, 18, 50, 64, 79, 89, 91, 100, 112, 133, 189, 191, 262, 8000, 9001, 10058, 10107,
        11600, 11601, 11602, 13388, 13435, 13436, 14031
      })
  void ofADocumentThatTheServerCouldNotTakeNowIsAnOutage(int code) {
    assertEquals(OUTAGE, FailureKind.of(wrapped(bulk(code))));
    assertEquals(OUTAGE, FailureKind.of(bulk(11000, code, 121)), "beside others");
    assertEquals(OUTAGE, FailureKind.of(write(code)));
    assertEquals(OUTAGE, FailureKind.of(command(code)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 9, 15, 22, 52, 53, 55, 56, 57, 121, 171, 10334, 17280, 17419, 17420})
  void ofADocumentThatNoServerEverTakesIsPoison(int code) {
    assertEquals(POISON, FailureKind.of(wrapped(bulk(code))));
    assertEquals(OTHER, FailureKind.of(bulk(code, 11000)), "but not the ones beside it");
    assertEquals(POISON, FailureKind.of(write(code)));
    assertEquals(POISON, FailureKind.of(command(code)));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 11000, 4711})
  void ofADocumentForAnotherReasonIsNeither(int code) {
    assertEquals(OTHER, FailureKind.of(wrapped(bulk(code))));
    assertEquals(OTHER, FailureKind.of(write(code)));
  }

  @ParameterizedTest
  @MethodSource
  void isAnOutage(Exception failure) {
    assertEquals(OUTAGE, FailureKind.of(failure));
    assertEquals(OUTAGE, FailureKind.of(wrapped(failure)));
  }

  static Stream<Exception> isAnOutage() {
    MongoException labelled = new MongoException("of no code");
    labelled.addLabel("RetryableWriteError");
    BsonDocument response = new BsonDocument();
    return Stream.of(
        new MongoTimeoutException("no server"),
        new MongoSocketOpenException("refused", SERVER),
        new MongoSocketReadTimeoutException("slow", SERVER, null),
        new MongoNotPrimaryException(response, SERVER),
        new MongoNodeIsRecoveringException(response, SERVER),
        new MongoExecutionTimeoutException(50, "too long"),
        new MongoInterruptedException("stopping", new InterruptedException()),
        new MongoClientException("the driver's"),
        new MongoSecurityException(
            MongoCredential.createCredential("u", "d", "p".toCharArray()), "refused", command(18)),
        labelled,
        new MongoWriteConcernException(concern(), null, SERVER, Set.of()),
        bulk(concern(), 11000),
        bulk(concern()),
        command(4711),
        new ExecutionException(new TimeoutException("no acknowledgement")),
        new TopicAuthorizationException("stored-messages"),
        new RejectedExecutionException("stopping"),
        new InterruptedException("stopping"));
  }

  @ParameterizedTest
  @MethodSource
  void isPoison(Exception failure) {
    assertEquals(POISON, FailureKind.of(failure));
    assertEquals(POISON, FailureKind.of(wrapped(failure)));
  }

  static Stream<Exception> isPoison() {
    return Stream.of(
        new BsonMaximumSizeExceededException("too large"),
        new CodecConfigurationException("no codec"),
        new MongoException("wrapped", new BsonMaximumSizeExceededException("too large")),
        new ExecutionException(new RecordTooLargeException("too large")));
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 13, 18, 391, 8000})
  void anOutageThatAsksForAPersonSaysSo(int code) {
    assertTrue(Access.advice(wrapped(bulk(code))).orElseThrow().contains("mongodb.uri"));
    assertTrue(Access.advice(command(code)).isPresent());
    assertEquals(OUTAGE, FailureKind.of(bulk(code)));
    assertTrue(Access.advice(bulk(189)).isEmpty());
    Exception acl = new ExecutionException(new TopicAuthorizationException("stored-messages"));
    assertTrue(Access.advice(acl).orElseThrow().contains("ACL"));
  }

  @Test
  void ofACodeOfTheUsersIsNeither() {
    assertEquals(OTHER, FailureKind.of(new IllegalStateException("no luck")));
    assertEquals(OTHER, FailureKind.of(new StackOverflowError()));
  }

  @Test
  void anIdIsTakenByWhatIsInTheIndexOfIdsAlone() {
    assertTrue(FailureKind.isIdTaken(duplicate(ID_TAKEN)));
    assertTrue(
        FailureKind.isIdTaken(duplicate("E11000 … index: courier.messages.$_id_ dup key: {}")));
    assertTrue(FailureKind.isIdTaken(duplicate("E11000 … of a clustered collection")));
    assertFalse(FailureKind.isIdTaken(duplicate(ID_TAKEN.replace("_id_ ", "order_1 "))));
    assertFalse(FailureKind.isIdTaken(duplicate(ID_TAKEN.replace("_id_ ", "my_id_ "))));
  }

  private static Exception wrapped(Exception failure) {
    return new CamelMongoDbException(failure);
  }

  private static BulkWriteError duplicate(String message) {
    return new BulkWriteError(11000, message, new BsonDocument(), 0);
  }

  private static WriteConcernError concern() {
    return new WriteConcernError(64, "WriteConcernTimeout", "waiting", new BsonDocument());
  }

  private static MongoBulkWriteException bulk(int... codes) {
    return bulk(null, codes);
  }

  private static MongoBulkWriteException bulk(WriteConcernError concern, int... codes) {
    List<BulkWriteError> errors =
        IntStream.range(0, codes.length)
            .mapToObj(i -> new BulkWriteError(codes[i], "refused", new BsonDocument(), i))
            .toList();
    return new MongoBulkWriteException(
        BulkWriteResult.unacknowledged(), errors, concern, SERVER, Set.of());
  }

  private static MongoWriteException write(int code) {
    return new MongoWriteException(
        new WriteError(code, "refused", new BsonDocument()), SERVER, Set.of());
  }

  private static MongoCommandException command(int code) {
    return new MongoCommandException(
        new BsonDocument("ok", new BsonInt32(0)).append("code", new BsonInt32(code)), SERVER);
  }
}
