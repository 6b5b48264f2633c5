package courier.failure;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcernException;
import com.mongodb.bulk.BulkWriteError;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.bson.BSONException;
import org.bson.codecs.configuration.CodecConfigurationException;

/**
 * What a failure says: nothing of the record, and all of where it should go (an outage); that the
 * record can never be handled (poison); or neither. This is the only place that knows MongoDB's and
 * Kafka's errors; the error policies ask by {@link FailureIs}.
 *
 * <p>A write of many documents that failed for some is an outage if it is for one of them, and
 * poison only if it is for each.
 */
public enum FailureKind {
  OUTAGE,
  POISON,
  OTHER;

  /** The id of another document, or a value that a unique index has already. */
  private static final Set<Integer> DUPLICATE_KEY = Set.of(11000, 11001, 12582);

  /** As the message of a duplicate key names it; old servers put the collection before it. */
  private static final Pattern ID_INDEX = Pattern.compile(" index: (\\S+\\.\\$)?_id_ ");

  /**
   * Of a document: the server that should have taken it, or the way to it, is not there for the
   * moment (no primary, a shard that moves, shutting down, interrupted, timed out, out of space),
   * or somebody has to let Courier in. The names are in MongoDB's own error_codes.yml.
   */
  private static final Set<Integer> AWAY =
      Set.of(
          6, 7, 11, 13, 18, 24, 43, 46, 50, 63, 64, 70, 71, 79, 89, 90, 91, 94, 100, 107, 112, 117,
          133, 134, 145, 149, 150, 175, 189, 190, 191, 199, 202, 203, 208, 215, 216, 230, 231, 237,
          246, 249, 250, 262, 264, 279, 281, 290, 314, 317, 319, 333, 342, 343, 355, 358, 365, 371,
          384, 391, 402, 406, 407, 412, 433, 449, 462, 8000, 9001, 10058, 10107, 11600, 11601,
          11602, 13388, 13435, 13436, 14031);

  /**
   * Of a document: BadValue, FailedToParse, TypeMismatch, Overflow, InvalidLength, InvalidBSON, an
   * array that cannot be indexed, the field names that are not allowed, DocumentValidationFailure,
   * its key too long or it too large.
   */
  private static final Set<Integer> NEVER =
      Set.of(
          2, 9, 14, 15, 16, 22, 52, 53, 54, 55, 56, 57, 61, 116, 121, 159, 171, 201, 357, 378,
          10334, 17280, 17419, 17420);

  private static final String INDEX = " index: ";

  public static FailureKind of(Throwable failure) {
    FailureKind kind = OTHER;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof MongoException mongo) {
        kind = of(mongo);
        if (mongo.getClass() != MongoException.class) {
          return kind;
        }
        // Of no kind of its own, so that its cause may say more.
      } else if (isPoison(each)) {
        return POISON;
      } else if (isAway(each)) {
        return OUTAGE;
      }
    }
    return kind;
  }

  private static boolean isPoison(Throwable failure) {
    return failure instanceof PoisonException
        || failure instanceof BSONException
        || failure instanceof CodecConfigurationException
        || failure instanceof RecordTooLargeException
        || failure instanceof RecordBatchTooLargeException
        || failure instanceof InvalidRecordException
        || failure instanceof InvalidTimestampException
        || failure instanceof SerializationException;
  }

  /** Also what says that Courier is stopping. */
  private static boolean isAway(Throwable failure) {
    return failure instanceof KafkaException
        || failure instanceof RejectedExecutionException
        || failure instanceof InterruptedException;
  }

  private static FailureKind of(MongoException failure) {
    if (failure.hasErrorLabel("RetryableWriteError")
        || failure.hasErrorLabel("SystemOverloadedError")) {
      return OUTAGE;
    }
    if (failure instanceof MongoBulkWriteException bulk) {
      IntStream codes = bulk.getWriteErrors().stream().mapToInt(error -> error.getCode());
      return bulk.getWriteConcernError() != null ? OUTAGE : of(codes.toArray());
    }
    if (failure instanceof MongoWriteException || failure instanceof WriteConcernException) {
      return of(failure.getCode());
    }
    if (failure instanceof MongoCommandException) {
      // All of it was refused, which is hardly ever for a document.
      int code = failure.getCode();
      return NEVER.contains(code) || DUPLICATE_KEY.contains(code) ? of(code) : OUTAGE;
    }
    return OUTAGE;
  }

  /** Of a write, by MongoDB's codes for what it did not take. */
  static FailureKind of(int... codes) {
    if (IntStream.of(codes).anyMatch(AWAY::contains)) {
      return OUTAGE;
    }
    return codes.length > 0 && IntStream.of(codes).allMatch(NEVER::contains) ? POISON : OTHER;
  }

  /** Whether a code says that a server is not there for the moment, or lets nobody in. */
  static boolean isAway(int code) {
    return AWAY.contains(code);
  }

  /** There is another document with the same {@code _id}. */
  public static boolean isIdTaken(BulkWriteError error) {
    return DUPLICATE_KEY.contains(error.getCode())
        && (!isOfNamedIndex(error) || ID_INDEX.matcher(error.getMessage()).find());
  }

  /** Whether the server says which index has the value already. */
  public static boolean isOfNamedIndex(BulkWriteError error) {
    return error.getMessage().contains(INDEX);
  }

  /** No other try can end otherwise: poison, or a value that a unique index has already. */
  public static boolean isForGood(BulkWriteError error) {
    return NEVER.contains(error.getCode()) || DUPLICATE_KEY.contains(error.getCode());
  }
}
