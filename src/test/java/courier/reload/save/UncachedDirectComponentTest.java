package courier.reload.save;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UncachedDirectComponentTest {
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final CountDownLatch looking = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  /** Whether who looks for the route is stopped while it does. */
  private volatile boolean stops;

  private final class Stopping extends UncachedDirectComponent {
    @Override
    protected DirectConsumer getConsumer(String key, boolean block, long timeout)
        throws InterruptedException {
      if (stops && key.contains("replaced")) {
        stops = false;
        looking.countDown();
        assertTrue(goOn.await(20, SECONDS));
      }
      return super.getConsumer(key, block, timeout);
    }
  }

  @AfterEach
  void stop() {
    goOn.countDown();
    context.stop();
  }

  @Test
  void findsTheNewRouteAlsoWhileAnotherThreadLooksForIt() throws Exception {
    context.disableJMX();
    context.addComponent("direct", new Stopping());
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:asks").to("direct:replaced?timeout=1000");
          }
        });
    context.addRoutes(replaced("old"));
    context.start();
    ProducerTemplate clients = context.createProducerTemplate();
    assertEquals("old", ask(clients));

    context.removeRouteDefinition(context.getRouteDefinition("replaced"));
    context.addRoutes(replaced("new"));
    stops = true;
    var pool = Executors.newSingleThreadExecutor();
    try {
      var first = CompletableFuture.supplyAsync(() -> ask(clients), pool);
      assertTrue(looking.await(20, SECONDS));
      assertEquals("new", ask(clients));
      goOn.countDown();
      assertEquals("new", first.get(20, SECONDS));
    } finally {
      pool.shutdownNow();
    }
  }

  private static String ask(ProducerTemplate clients) {
    return clients.requestBody("direct:asks", "?", String.class);
  }

  private static RouteBuilder replaced(String answer) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:replaced").id("replaced").setBody(constant(answer));
      }
    };
  }
}
