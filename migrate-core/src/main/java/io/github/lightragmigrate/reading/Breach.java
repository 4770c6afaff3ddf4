package io.github.lightragmigrate.reading;

import io.github.lightragmigrate.spi.StoreException;
import java.lang.reflect.Proxy;

/** An adapter that does not keep the contract of the SPI, told as a fault of it. */
public final class Breach {

  private Breach() {}

  /**
   * {@code scan() of org.example.Store gave ...}.
   *
   * @param culprit the adapter or its store
   * @param call with parentheses
   * @param what it did, and what it must do
   */
  public static StoreException of(Object culprit, String call, String what) {
    // a proxy has no name that tells; it speaks for whom it stands before
    String name =
        Proxy.isProxyClass(culprit.getClass()) ? culprit.toString() : culprit.getClass().getName();
    return new StoreException(StoreException.Kind.FAULT, call + " of " + name + " " + what);
  }
}
