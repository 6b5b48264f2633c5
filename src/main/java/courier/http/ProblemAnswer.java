package courier.http;

import courier.metrics.Figures;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The last step of an error policy: makes the exchange's answer a {@link Problem}, and nothing of
 * what the exchange carried before goes with it.
 */
public final class ProblemAnswer {

  /** The status and words of the {@link Refusal} that stopped the exchange. */
  public void refuse(Exchange exchange) {
    Refusal refusal = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Refusal.class);
    Problem problem = refusal.problem();
    if (problem.status() == 429 || problem.status() == 503) {
      exchange.getMessage().setHeader("Retry-After", refusal.retryAfter().toSeconds());
    }
    answer(exchange, problem);
  }

  /**
   * The status in the header {@code CamelHttpResponseCode}, the words in the body and, if a message
   * has one already, the id in the variable {@code id}. A {@code Retry-After} header stays.
   */
  public void explain(Exchange exchange) {
    Message message = exchange.getMessage();
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 500, Integer.class);
    Problem problem = Problem.of(status, message.getBody(String.class));
    answer(exchange, problem.withId(exchange.getVariable("id", String.class)));
  }

  private static void answer(Exchange exchange, Problem problem) {
    Refused.count(Figures.of(exchange.getContext()), exchange.getFromRouteId(), problem.status());
    Message message = exchange.getMessage();
    message.removeHeaders("*", "Retry-After");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
    message.setHeader(Exchange.CONTENT_TYPE, Problem.CONTENT_TYPE);
    message.setBody(problem.toJson());
  }
}
