package courier.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.management.mbean.ManagedSuspendableRoute;
import org.junit.jupiter.api.Test;

class AssembledOnceTest {
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  @Test
  void routesHaveWhatWasFoundOutOnce() throws Exception {
    LambdaRouteBuilder routes =
        built -> {
          built.from("direct:one").routeId("one").to("mock:end");
          built.from("direct:two").routeId("two").to("mock:end");
        };
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.getCamelContextExtension().setName("assembled");
      AssembledOnce.install(context);
      RouteBuilder.addRoutes(context, routes);
      context.start();

      MBeanInfo one = server.getMBeanInfo(route("one"));
      MBeanInfo two = server.getMBeanInfo(route("two"));
      for (int i = 0; i < one.getAttributes().length; i++) {
        assertSame(one.getAttributes()[i], two.getAttributes()[i]);
      }
      assertEquals(ManagedSuspendableRoute.class.getName(), two.getClassName());
      assertEquals("one", server.getAttribute(route("one"), "RouteId"));
      assertEquals("two", server.getAttribute(route("two"), "RouteId"));
      server.invoke(route("two"), "stop", null, null);
      assertEquals("Stopped", server.getAttribute(route("two"), "State"));
      assertEquals("Started", server.getAttribute(route("one"), "State"));
    }
  }

  private static ObjectName route(String id) throws JMException {
    return new ObjectName("org.apache.camel:context=assembled,type=routes,name=\"" + id + "\"");
  }
}
