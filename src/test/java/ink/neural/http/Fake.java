package ink.neural.http;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Makes objects of large interfaces that have only the methods a test needs. Every other call fails the test. */
public final class Fake {
    private Fake() {}

    /**
     * Implements an interface with the methods of some object.
     *
     * @param methods has public methods with the signatures of the interface
     */
    public static <T> T of(Class<T> type, Object methods) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(methods, method, arguments)));
    }

    private static Object call(Object methods, Method method, Object[] arguments) throws Throwable {
        try {
            Method match = methods.getClass().getMethod(method.getName(), method.getParameterTypes());
            match.setAccessible(true);
            return match.invoke(methods, arguments);
        } catch (NoSuchMethodException e) {
            throw new UnsupportedOperationException("no test has needed this yet: " + method, e);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
