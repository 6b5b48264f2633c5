/**
 * Between a part and a server: late, cut or silent, and for MongoDB message by message. It knows no
 * run, and other tests use it too.
 */
package courier.chaos.proxy;
