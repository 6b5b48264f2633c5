package courier.reload.save;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beans that are looked up while others are bound. */
class CopyOnWriteRegistryTest {
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final Registry beans = context.getRegistry();

  @BeforeEach
  void install() {
    beans.bind("before", "one");
    CopyOnWriteRegistry.install(context);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  /** Binds another in the midst of being found. */
  private final class Busy {
    @Override
    public int hashCode() {
      beans.bind("another", "two");
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }

  @Test
  void oneIsBoundWhileOthersAreFound() {
    Busy busy = new Busy();
    beans.bind("busy", busy);
    beans.bind("last", "three");

    assertEquals(Set.of(busy), beans.findByType(Busy.class));
    assertEquals(Set.of("one", "two", "three"), beans.findByType(String.class));
  }

  @Test
  void oneIsBoundWhileASuppliedOneIsMade() {
    Supplier<Object> busy =
        () -> {
          beans.bind("another", Integer.class, () -> 2);
          return 1L;
        };
    beans.bind("busy", Long.class, busy);
    beans.bind("last", Integer.class, () -> 3);

    assertEquals(Set.of(1L), beans.findByType(Long.class));
    assertEquals(Set.of(2, 3), beans.findByType(Integer.class));
  }

  @Test
  void hasWhatWasBoundBeforeAndNotWhatIsUnbound() {
    beans.bind("after", "two");
    assertEquals("one", beans.lookupByName("before"));
    assertSame(beans.lookupByName("after"), beans.lookupByNameAndType("after", String.class));
    assertEquals(Set.of("before", "after"), beans.findByTypeWithName(String.class).keySet());

    beans.unbind("after");
    assertNull(beans.lookupByName("after"));
  }
}
