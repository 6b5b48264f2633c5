package courier.reload.trial;

import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Looks at what the steps of routes on trial do, below their error handlers. What a route catches
 * by itself ({@code doTry}) is no failure of it.
 */
public final class Watched implements InterceptStrategy {
  private final Trial trial;

  private Watched(Trial trial) {
    this.trial = trial;
  }

  /** To be called before the route is made of its definition. */
  public static void by(Trial trial, RouteDefinition route) {
    Watched watched = new Watched(trial);
    route.addInterceptStrategy(watched);
    for (ProcessorDefinition<?> step :
        ProcessorDefinitionHelper.filterTypeInOutputs(
            route.getOutputs(), ProcessorDefinition.class)) {
      step.addInterceptStrategy(watched);
    }
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode step, Processor target, Processor next) {
    boolean caught =
        Stream.iterate(step.getParent(), node -> node != null, NamedNode::getParent)
            .anyMatch(Watched::catches);
    return caught || step instanceof OnExceptionDefinition ? target : new Step(target);
  }

  private static boolean catches(NamedNode node) {
    return node instanceof TryDefinition
        || node instanceof CatchDefinition
        || node instanceof FinallyDefinition
        || node instanceof OnExceptionDefinition
        || node instanceof CircuitBreakerDefinition;
  }

  private final class Step extends DelegateAsyncProcessor {
    Step(Processor target) {
      super(target);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      if (!trial.isOn()) {
        return super.process(exchange, callback);
      }
      return super.process(
          exchange,
          sync -> {
            if (exchange.getException() == null) {
              trial.well();
            } else {
              trial.failed(exchange.getException()).ifPresent(exchange::setException);
            }
            callback.done(sync);
          });
    }
  }
}
