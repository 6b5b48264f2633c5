package courier.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Figures figures = new Figures(registry);

  @Test
  void aCounterIsThereFromTheStartAsNone() {
    figures.expect(Figure.DEAD_LETTERED, "reason", "not-json");

    assertEquals(0, registry.get("courier.messages.dead.lettered").counter().count());
    figures.count(Figure.DEAD_LETTERED, 3, "reason", "not-json");
    assertEquals(3, registry.get("courier.messages.dead.lettered").counter().count());
  }

  @Test
  void aGaugeIsWhatItWasSetToLast() {
    figures.set(Figure.LAG_SECONDS, 7, "consumer", "receive-message");
    figures.set(Figure.LAG_SECONDS, Double.NaN, "consumer", "receive-message");

    assertTrue(Double.isNaN(registry.get("courier.lag").gauge().value()));
  }

  @Test
  void oneContextHasTheSameFiguresWhoeverAsks() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.getRegistry().bind("registry", registry);

      Figures.of(context).count(Figure.READ, 2);

      assertSame(Figures.of(context), Figures.of(context));
      assertEquals(2, registry.get("courier.messages.read").counter().count());
    }
  }
}
