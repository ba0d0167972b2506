//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import Glibc

/// One connection, served by one thread.
struct Connection {
    /// How the work on a connection ended.
    enum Ending {
        case finished
        /// The client went before it had everything.
        case abandoned
        /// The server stopped first.
        case stopped
    }

    private static let largestRequest = 256 * 1024

    let socket: Int32
    let stop: Gate

    /// Reads a request.
    ///
    /// - Returns: The request, or how it ended without one.
    func readRequest() -> (request: Request?, ending: Ending) {
        var received: [UInt8] = []
        var request: (head: Request, end: Int)?
        while received.count < Self.largestRequest {
            switch self.wait(for: POLLIN) {
            case .ready: break
            case .over(let ending): return (nil, ending)
            case .elapsed: break
            }
            let bytes = self.receive()
            guard !bytes.isEmpty else { return (nil, .abandoned) }
            received += bytes
            if request == nil, let end = Self.endOfHead(received) {
                request = (Request(head: String(decoding: received[..<end], as: UTF8.self)), end)
            }
            if let (found, end) = request {
                var head = found
                let length = head["content-length"].first.flatMap { Int($0) } ?? 0
                guard received.count >= end + length else { continue }
                head.body = Array(received[end..<(end + length)])
                return (head, .finished)
            }
        }
        return (nil, .finished)
    }

    /// The index after the empty line that ends a head, or nil.
    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        let mark = Array("\r\n\r\n".utf8)
        guard bytes.count >= mark.count else { return nil }
        return (0...(bytes.count - mark.count)).first { bytes[$0..<($0 + mark.count)].elementsEqual(mark) }
            .map { $0 + mark.count }
    }

    /// Carries out an answer and closes the connection.
    func perform(_ answer: Answer) -> Ending {
        for step in answer.steps {
            let ending: Ending
            switch step {
            case .send(let bytes): ending = self.send(bytes)
            case .sendRepeatedly(let bytes, let count):
                var last = Ending.finished
                for _ in 0..<count where last == .finished { last = self.send(bytes) }
                ending = last
            case .pause(let duration): ending = self.idle(gate: nil, for: duration)
            case .wait(let gate): ending = self.idle(gate: gate, for: nil)
            case .hang: ending = self.idle(gate: nil, for: nil)
            case .reset:
                var option = linger(l_onoff: 1, l_linger: 0)
                unsafe _ = setsockopt(
                    self.socket,
                    SOL_SOCKET,
                    SO_LINGER,
                    &option,
                    socklen_t(MemoryLayout<linger>.size)
                )
                Glibc.close(self.socket)
                return .finished
            }
            guard ending == .finished else {
                self.close()
                return ending
            }
        }
        self.close()
        return .finished
    }

    /// Closes the connection, also where a process that was started meanwhile has inherited it.
    func close() {
        _ = shutdown(self.socket, Int32(SHUT_RDWR))
        Glibc.close(self.socket)
    }

    private func send(_ bytes: [UInt8]) -> Ending {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.send(
                    self.socket,
                    $0.baseAddress.map { unsafe $0 + sent },
                    bytes.count - sent,
                    Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
                )
            }
            if count >= 0 {
                sent += count
                continue
            }
            guard errno == EAGAIN || errno == EINTR else { return .abandoned }
            if case .over(let ending) = self.wait(for: POLLOUT) { return ending }
        }
        return .finished
    }

    /// Waits until a gate is open, or some time has passed.
    private func idle(gate: Gate?, for duration: Duration?) -> Ending {
        while true {
            switch self.wait(for: POLLIN, gate: gate, atMost: duration) {
            case .over(let ending): return ending
            case .elapsed: return .finished
            case .ready:
                // More than the request is of no interest; the end is.
                if self.receive().isEmpty { return .abandoned }
            }
        }
    }

    private enum Waited {
        case ready
        case elapsed
        case over(Ending)
    }

    /// Waits for the socket; a gate that opens counts as time elapsed.
    private func wait(for events: Int32, gate: Gate? = nil, atMost duration: Duration? = nil) -> Waited {
        var polled = [
            pollfd(fd: self.stop.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: self.socket, events: Int16(events), revents: 0),
            pollfd(fd: gate?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        let milliseconds = duration.map { Int32($0 / .milliseconds(1)) } ?? -1
        let count = unsafe poll(&polled, nfds_t(polled.count), milliseconds)
        if count < 0 { return errno == EINTR ? .ready : .over(.abandoned) }
        if polled[0].revents != 0 { return .over(.stopped) }
        if polled[2].revents != 0 { return .elapsed }
        if polled[1].revents & Int16(POLLERR | POLLNVAL) != 0 { return .over(.abandoned) }
        return polled[1].revents != 0 ? .ready : .elapsed
    }

    /// What has arrived; empty at the end.
    private func receive() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 16 * 1024)
        let count = unsafe recv(self.socket, &bytes, bytes.count, 0)
        return Array(bytes.prefix(max(0, count)))
    }
}
