package courier.backend;

import courier.kafka.Topics;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics that routes name and that are missing, when the routes are made: what is sent to
 * one that is not there waits for a minute, and fails as in an outage. A name that is only known
 * with a message ({@code toD}) is nobody's to make a topic of.
 */
public final class RouteTopics extends LifecycleStrategySupport {
  private static final Logger LOG = LoggerFactory.getLogger(RouteTopics.class);

  private final CamelContext context;
  private final Topics topics;
  private final Set<String> others;

  /**
   * @param others which are seen to already
   */
  public RouteTopics(CamelContext context, Topics topics, Set<String> others) {
    this.context = context;
    this.topics = topics;
    this.others = others;
  }

  @Override
  public void onEndpointAdd(Endpoint endpoint) {
    if (endpoint instanceof KafkaEndpoint kafka && isOfRoute()) {
      KafkaConfiguration named = kafka.getConfiguration();
      // One that sends lists, each of its own headers, may name its topic there.
      if (!named.isTopicIsPattern() && !named.isBatchWithIndividualHeaders()) {
        List.of(named.getTopic().split(",")).forEach(this::make);
      }
    }
  }

  /** As Camel tells the endpoints that it keeps from those that come with a message. */
  private boolean isOfRoute() {
    return !context.isStarted()
        || context.getCamelContextExtension().isSetupRoutes()
        || context.getRouteController().isStartingRoutes();
  }

  private void make(String topic) {
    if (others.contains(topic)) {
      return;
    }
    try {
      if (topics.make(topic)) {
        LOG.info("Made the topic {}, which a route names", topic);
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof RetriableException)) {
        refuse(topic, e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A save, but not a start, where other routes have their work to do. */
  private void refuse(String topic, Throwable why) {
    String words = "A route names the topic %s: %s".formatted(topic, why.getMessage());
    if (context.isStarted()) {
      throw new IllegalArgumentException(words);
    }
    LOG.warn(words);
  }
}
