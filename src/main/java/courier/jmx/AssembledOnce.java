package courier.jmx;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.InvalidTargetObjectTypeException;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanInfo;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.api.management.NotificationSenderAware;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.apache.camel.support.management.MixinRequiredModelMBean;

/**
 * Finds out once for each class what its MBeans have. Camel does it for each of the hundreds that
 * routes and their steps are, which was a quarter of what a service computed until it was ready.
 */
public final class AssembledOnce extends DefaultManagementMBeanAssembler {
  /** The same for every service of the process. */
  private static final Map<Class<?>, ModelMBeanInfo> INFOS = new ConcurrentHashMap<>();

  private AssembledOnce(CamelContext context) {
    super(context);
  }

  /** Before the context is started. */
  public static void install(CamelContext context) {
    context.getCamelContextExtension().setManagementMBeanAssembler(new AssembledOnce(context));
  }

  @Override
  public ModelMBean assemble(MBeanServer server, Object managed, ObjectName name)
      throws JMException {
    if (managed instanceof NotificationSenderAware || hasMore(managed)) {
      return super.assemble(server, managed, name);
    }
    ModelMBeanInfo info = INFOS.get(managed.getClass());
    if (info == null) {
      info = assembler.getMBeanInfo(camelContext, managed, null, name.toString());
      if (info == null) {
        return null;
      }
      INFOS.put(managed.getClass(), info);
    }
    boolean masks =
        Boolean.TRUE.equals(camelContext.getManagementStrategy().getManagementAgent().getMask());
    ModelMBean mbean = new MixinRequiredModelMBean(info, masks, null, null);
    try {
      mbean.setManagedResource(managed, "ObjectReference");
    } catch (InvalidTargetObjectTypeException e) {
      throw new JMException(e.getMessage());
    }
    return mbean;
  }

  /** Whether what it stands for has attributes of its own beside Camel's. */
  private static boolean hasMore(Object managed) {
    return managed instanceof ManagedInstance instance
        && instance.getInstance() != null
        && instance.getInstance().getClass().isAnnotationPresent(ManagedResource.class);
  }
}
