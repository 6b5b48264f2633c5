package courier.kafka.consumer;

import java.util.List;
import org.apache.camel.Body;

/** The elements of a list, each as a list of one: for a split whose steps take lists. */
public final class Singles {
  public List<List<?>> of(@Body List<?> all) {
    return all.stream().<List<?>>map(List::of).toList();
  }
}
