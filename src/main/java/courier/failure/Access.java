package courier.failure;

import com.mongodb.MongoException;
import java.util.Optional;
import java.util.function.Supplier;

/** Outages that do not end by themselves: somebody has to let Courier in. */
public final class Access {
  private Access() {}

  /** What a person has to do about a failure, if it is of this kind. */
  public static Optional<String> advice(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      Optional<String> advice = KafkaAccess.advice(each).or(mongo(each));
      if (advice.isPresent()) {
        return advice;
      }
    }
    return Optional.empty();
  }

  private static Supplier<Optional<String>> mongo(Throwable failure) {
    return () ->
        failure instanceof MongoException mongo ? MongoAccess.advice(mongo) : Optional.empty();
  }
}
