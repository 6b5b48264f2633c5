package courier.failure;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import java.util.Optional;
import java.util.Set;

/** Outages that do not end by themselves: somebody has to let Courier in. */
public final class Access {
  /** UserNotFound, Unauthorized, AuthenticationFailed, ReauthenticationRequired, Atlas' own. */
  private static final Set<Integer> REFUSED = Set.of(11, 13, 18, 391, 8000);

  private Access() {}

  /** What a person has to do about a failure, if it is of this kind. */
  public static Optional<String> advice(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof MongoException mongo && isRefused(mongo)) {
        return Optional.of(
            "MongoDB does not let Courier in, correct the user in mongodb.uri or its roles");
      }
      Optional<String> kafka = KafkaAccess.advice(each);
      if (kafka.isPresent()) {
        return kafka;
      }
    }
    return Optional.empty();
  }

  private static boolean isRefused(MongoException failure) {
    return failure instanceof MongoSecurityException
        || REFUSED.contains(failure.getCode())
        || failure instanceof MongoBulkWriteException bulk
            && bulk.getWriteErrors().stream().anyMatch(error -> REFUSED.contains(error.getCode()));
  }
}
