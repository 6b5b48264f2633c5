package courier.reload;

import courier.check.source.Surroundings;
import java.util.Collection;
import java.util.Optional;
import org.apache.camel.CamelContext;

/** What a context has beside the routes. */
record ContextSurroundings(CamelContext context) implements Surroundings {
  @Override
  public Optional<String> property(String key) {
    return context.getPropertiesComponent().resolveProperty(key);
  }

  @Override
  public Collection<String> properties() {
    return context.getPropertiesComponent().loadProperties().stringPropertyNames();
  }

  @Override
  public boolean hasBean(String name) {
    return context.getRegistry().lookupByName(name) != null
        || property("camel.beans." + name).isPresent();
  }
}
