package courier.reload.save;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.SimpleRegistry;
import org.apache.camel.support.SupplierRegistry;

/**
 * A context's beans, which may be looked up while a save binds others: Camel's own registry is a
 * map that bears no writer beside its readers, which miss a bean then or fail.
 */
public final class CopyOnWriteRegistry implements Registry {
  private final Supplier<SimpleRegistry> make;
  private volatile SimpleRegistry beans;

  private CopyOnWriteRegistry(Supplier<SimpleRegistry> make, Registry beans) {
    this.make = make;
    this.beans = (SimpleRegistry) beans;
  }

  /** Has the beans that are bound by now. */
  public static void install(CamelContext context) {
    DefaultRegistry registry = (DefaultRegistry) context.getRegistry();
    registry.setFallbackRegistry(
        new CopyOnWriteRegistry(SimpleRegistry::new, registry.getFallbackRegistry()));
    registry.setSupplierRegistry(
        new CopyOnWriteRegistry(SupplierRegistry::new, registry.getSupplierRegistry()));
  }

  private synchronized void change(Consumer<SimpleRegistry> change) {
    SimpleRegistry next = make.get();
    beans.forEach((id, byType) -> next.put(id, new LinkedHashMap<>(byType)));
    change.accept(next);
    beans = next;
  }

  @Override
  public void bind(String id, Class<?> type, Object bean) {
    change(next -> next.bind(id, type, bean));
  }

  @Override
  public void bind(String id, Class<?> type, Object bean, String init, String destroy) {
    change(next -> next.bind(id, type, bean, init, destroy));
  }

  @Override
  public void bind(String id, Class<?> type, Supplier<Object> bean) {
    change(next -> next.bind(id, type, bean));
  }

  @Override
  public void bind(String id, Class<?> type, Supplier<Object> bean, String init, String destroy) {
    change(next -> next.bind(id, type, bean, init, destroy));
  }

  @Override
  public void bindAsPrototype(String id, Class<?> type, Supplier<Object> bean) {
    change(next -> next.bindAsPrototype(id, type, bean));
  }

  @Override
  public void unbind(String id) {
    change(next -> next.unbind(id));
  }

  @Override
  public Object lookupByName(String name) {
    return beans.lookupByName(name);
  }

  @Override
  public <T> T lookupByNameAndType(String name, Class<T> type) {
    return beans.lookupByNameAndType(name, type);
  }

  @Override
  public <T> Map<String, T> findByTypeWithName(Class<T> type) {
    return beans.findByTypeWithName(type);
  }

  @Override
  public <T> Set<T> findByType(Class<T> type) {
    return beans.findByType(type);
  }
}
