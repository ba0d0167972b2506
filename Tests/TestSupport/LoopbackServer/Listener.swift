//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import Glibc
internal import IDTokenPlatform

/// A socket on 127.0.0.1 with a thread that accepts connections, and a thread for each of them.
final class Listener: Sendable {
    private struct Threads {
        var next = 0
        var running: [Int: JoinableThread] = [:]
        var done: [Int] = []
    }

    let port: UInt16
    private let socket: Int32
    private let stopGate: Gate
    private let serve: @Sendable (Connection) -> Void
    private let threads = Lock(Threads())
    private let accepting = Lock<JoinableThread?>(nil)

    /// Listens on a port that is free.
    ///
    /// - Parameter serve: What to do with a connection, on a thread of its own; it must close it.
    /// - Throws: ``ServerError``.
    init(serve: @escaping @Sendable (Connection) -> Void) throws {
        let stopGate = try Gate()
        let reserved = try ReservedPort()
        guard listen(reserved.socket, 512) == 0 else { throw ServerError.last("listen") }
        self.stopGate = stopGate
        self.port = reserved.port
        self.socket = dup(reserved.socket)
        _ = fcntl(self.socket, F_SETFD, FD_CLOEXEC)
        self.serve = serve
    }

    deinit {
        close(self.socket)
    }

    /// Begins to accept.
    ///
    /// - Throws: ``ServerError`` if there can be no more threads.
    func start() throws {
        let thread = try JoinableThread { self.accept() }
        self.accepting.withLock { $0 = thread }
    }

    /// Ends every connection and waits for all threads.
    func stop() {
        self.stopGate.open()
        let accepting = self.accepting.withLock { thread in
            defer { thread = nil }
            return thread
        }
        accepting?.join()
        let running = self.threads.withLock { threads in
            defer { threads.running = [:] }
            return Array(threads.running.values)
        }
        for thread in running { thread.join() }
    }

    private func accept() {
        while true {
            var polled = [
                pollfd(fd: self.stopGate.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: self.socket, events: Int16(POLLIN), revents: 0),
            ]
            guard unsafe poll(&polled, 2, -1) >= 0 || errno == EINTR else { return }
            if polled[0].revents != 0 {
                // What still waits to be accepted is to be refused, not left to hang.
                _ = shutdown(self.socket, Int32(SHUT_RDWR))
                return
            }
            guard polled[1].revents != 0 else { continue }
            let accepted = Glibc.accept(self.socket, nil, nil)
            guard accepted >= 0 else { continue }
            _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
            self.hand(Connection(socket: accepted, stop: self.stopGate))
        }
    }

    private func hand(_ connection: Connection) {
        let (number, done) = self.threads.withLock { threads in
            // One that is done before it is noted as running waits for the next turn.
            let done = threads.done.filter { threads.running[$0] != nil }
            threads.done.removeAll { done.contains($0) }
            threads.next += 1
            return (threads.next, done.compactMap { threads.running.removeValue(forKey: $0) })
        }
        for thread in done { thread.join() }
        let thread = try? JoinableThread {
            self.serve(connection)
            self.threads.withLock { $0.done.append(number) }
        }
        guard let thread else {
            connection.close()
            return
        }
        self.threads.withLock { $0.running[number] = thread }
    }
}
