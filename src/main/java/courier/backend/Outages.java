package courier.backend;

import com.mongodb.client.MongoClient;
import courier.kafka.Kafka;
import courier.metrics.Figure;
import courier.metrics.Figures;
import courier.mongodb.Mongo;
import java.util.concurrent.ExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Looks whether the backends that a service has answer, as a step, for its metrics. */
public final class Outages {
  public void look(CamelContext context) throws InterruptedException {
    Registry registry = context.getRegistry();
    Figures figures = Figures.of(context);
    Kafka kafka = registry.findSingleByType(Kafka.class);
    if (kafka != null) {
      figures.set(Figure.OUTAGE, answers(kafka) ? 0 : 1, "backend", "kafka");
    }
    MongoClient mongo = registry.findSingleByType(MongoClient.class);
    if (mongo != null) {
      figures.set(Figure.OUTAGE, Mongo.answers(mongo) ? 0 : 1, "backend", "mongodb");
    }
  }

  private static boolean answers(Kafka kafka) throws InterruptedException {
    try {
      kafka.ping();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }
}
