package courier.reload.save;

import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.component.direct.DirectProducer;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * {@code direct:} that looks at each exchange which route there is. Camel's keeps the one it found,
 * and when that is replaced, and two threads come at once, one of them may meet the other between
 * its two steps of looking anew, and give its exchange to the route that has stopped.
 */
public class UncachedDirectComponent extends DirectComponent {
  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters)
      throws Exception {
    DirectEndpoint endpoint = new Uncached(uri, this);
    endpoint.setBlock(isBlock());
    endpoint.setTimeout(getTimeout());
    setProperties(endpoint, parameters);
    return endpoint;
  }

  private static final class Uncached extends DirectEndpoint {
    Uncached(String uri, DirectComponent component) {
      super(uri, component);
    }

    private DirectProducer fresh() throws Exception {
      return (DirectProducer) super.createProducer();
    }

    @Override
    public Producer createProducer() {
      return new DefaultAsyncProducer(this) {
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
          try {
            return fresh().process(exchange, callback);
          } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
          }
        }
      };
    }
  }
}
