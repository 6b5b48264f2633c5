package courier.http;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a client sent cannot be accepted: the status of the answer (4xx, or 503), what to do about
 * it in plain words, and the fields it is about (none if it is about the whole request).
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<Problem.FieldError> errors;
  private final transient Duration retryAfter;

  public Refusal(int status, String detail) {
    this(status, detail, List.of(), Duration.ofSeconds(1));
  }

  /**
   * A 429 or 503.
   *
   * @param retryAfter when to come again, in whole seconds
   */
  public Refusal(int status, String detail, Duration retryAfter) {
    this(status, detail, List.of(), retryAfter);
  }

  /** A 400 about one field; {@code detail} continues the field's name: "is empty: ...". */
  public Refusal(String field, String detail) {
    this(List.of(new Problem.FieldError(field, detail)));
  }

  /** A 400 about these fields, all of them named in the detail as well. */
  public Refusal(List<Problem.FieldError> errors) {
    this(400, sentence(errors), errors, Duration.ZERO);
  }

  /** A 400 about these, of which there may be more than are named. */
  public Refusal(String detail, List<Problem.FieldError> errors) {
    this(400, detail, errors, Duration.ZERO);
  }

  private Refusal(int status, String detail, List<Problem.FieldError> errors, Duration retryAfter) {
    // A client's mistake, not ours: nobody reads its stack trace, so it costs none.
    super(detail, null, false, false);
    this.status = status;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
  }

  /** When to come again, of a 429 or 503. */
  Duration retryAfter() {
    return retryAfter;
  }

  public Problem problem() {
    return Problem.of(status, getMessage()).withErrors(errors);
  }

  private static String sentence(List<Problem.FieldError> errors) {
    return errors.stream()
        .map(error -> "`" + error.field() + "` " + error.detail())
        .collect(Collectors.joining("; ", "", "."));
  }
}
