package courier.reload;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.BeanRepository;

/**
 * Beans that do nothing, for Java route files that are only read: what such a file asks for is
 * there, and opens no connection.
 */
final class StandIns implements BeanRepository {
  private final List<String> names;

  /**
   * @param names of those that a service has
   */
  StandIns(List<String> names) {
    this.names = names;
  }

  @Override
  public Object lookupByName(String name) {
    return names.contains(name) ? name : null;
  }

  @Override
  public <T> T lookupByNameAndType(String name, Class<T> type) {
    return names.contains(name) ? of(type) : null;
  }

  @Override
  public <T> Map<String, T> findByTypeWithName(Class<T> type) {
    return isCamels(type) ? Map.of() : Map.of("stand-in", of(type));
  }

  @Override
  public <T> Set<T> findByType(Class<T> type) {
    return isCamels(type) ? Set.of() : Set.of(of(type));
  }

  /** Camel asks for its own parts by their type, and has defaults for those that nobody binds. */
  private static boolean isCamels(Class<?> type) {
    return type.getName().startsWith("org.apache.camel.");
  }

  private static <T> T of(Class<T> type) {
    if (type.isInterface()) {
      return type.cast(
          Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answering()));
    }
    try {
      // As one that is deserialized: its constructor, which may connect to something, is not asked.
      Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
      Object maker = factory.getMethod("getReflectionFactory").invoke(null);
      Constructor<?> constructor =
          (Constructor<?>)
              factory
                  .getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                  .invoke(maker, type, Object.class.getConstructor());
      return type.cast(constructor.newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot stand in for " + type.getName(), e);
    }
  }

  /** Of each method what can be asked further, nothing else. */
  private static InvocationHandler answering() {
    return (proxy, method, arguments) -> {
      if (method.getName().equals("hashCode")) {
        return System.identityHashCode(proxy);
      }
      if (method.getName().equals("equals")) {
        return proxy == arguments[0];
      }
      return method.getReturnType().isInterface() ? of(method.getReturnType()) : null;
    };
  }
}
