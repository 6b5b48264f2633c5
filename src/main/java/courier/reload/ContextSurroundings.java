package courier.reload;

import courier.check.source.Surroundings;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;

/**
 * What a context has beside the routes.
 *
 * @param declared the beans that it has of route files
 */
public record ContextSurroundings(CamelContext context, Set<String> declared)
    implements Surroundings {
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
    return !declared.contains(name) && context.getRegistry().lookupByName(name) != null
        || property("camel.beans." + name).isPresent();
  }
}
