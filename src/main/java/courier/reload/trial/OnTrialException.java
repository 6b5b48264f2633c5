package courier.reload.trial;

import java.util.concurrent.RejectedExecutionException;

/**
 * Something failed in routes that are on trial: nothing is dead-lettered for it, as for an outage,
 * and the message comes again, to who handles it then.
 */
final class OnTrialException extends RejectedExecutionException {
  private static final long serialVersionUID = 1L;

  OnTrialException(Throwable failure) {
    super("Routes that were just saved fail, and may be taken back: " + failure, failure);
  }
}
