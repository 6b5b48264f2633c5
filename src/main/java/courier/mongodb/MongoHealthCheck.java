package courier.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import courier.failure.Access;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Ready when MongoDB answers; Camel has no such check. */
public final class MongoHealthCheck extends AbstractHealthCheck {
  private final MongoClient client;

  public MongoHealthCheck(MongoClient client) {
    super("courier", "mongodb");
    this.client = client;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    try {
      Mongo.ping(client);
      builder.up();
    } catch (MongoException e) {
      String why = Access.advice(e).orElse("MongoDB does not answer." + Unanswered.advice(e));
      builder.message(why).error(e).down();
    }
  }
}
