//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// What the server does once it has read a request; then it closes the connection.
package struct Answer: Sendable {
    /// One step of an answer.
    enum Step: Sendable {
        case send([UInt8])
        /// Sends the same bytes some times over.
        case sendRepeatedly([UInt8], count: Int)
        case pause(Duration)
        case wait(Gate)
        /// Waits for the client to go, or the server to stop.
        case hang
        /// Closes the connection with a reset.
        case reset
    }

    let steps: [Step]

    /// A response that declares its length.
    package static func response(
        _ status: Int = 200,
        fields: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) -> Answer {
        let length = status == 304 ? [] : [("Content-Length", "\(body.count)")]
        return Answer(steps: [.send(Self.head(status, fields + length) + body)])
    }

    /// A response whose body is text.
    package static func text(
        _ body: String,
        status: Int = 200,
        fields: [(name: String, value: String)] = []
    ) -> Answer {
        self.response(status, fields: fields, body: Array(body.utf8))
    }

    /// A response of which no length is declared: chunks, the last of them some times over.
    package static func chunked(
        fields: [(name: String, value: String)] = [],
        chunks: [[UInt8]],
        lastChunkRepeats count: Int = 1
    ) -> Answer {
        let head = Self.head(200, fields + [("Transfer-Encoding", "chunked")])
        let framed = chunks.map { Array("\(String($0.count, radix: 16))\r\n".utf8) + $0 + Array("\r\n".utf8) }
        return Answer(
            steps: [.send(head)] + framed.dropLast().map(Step.send)
                + [.sendRepeatedly(framed.last ?? [], count: count), .send(Array("0\r\n\r\n".utf8))]
        )
    }

    /// Bytes as they are.
    package static func raw(_ text: String) -> Answer {
        Answer(steps: [.send(Array(text.utf8))])
    }

    /// Nothing, ever.
    package static let hang = Answer(steps: [.hang])

    /// A response whose body comes byte by byte.
    package static func dripping(_ body: [UInt8], every interval: Duration = .seconds(1)) -> Answer {
        let head = Self.head(200, [("Content-Length", "\(body.count)")])
        return Answer(steps: [.send(head)] + body.flatMap { [.pause(interval), .send([$0])] })
    }

    /// A response that ends after some of the body.
    package static func cutShort(_ body: [UInt8], after count: Int) -> Answer {
        Answer(steps: [.send(Self.head(200, [("Content-Length", "\(body.count)")]) + body.prefix(count))])
    }

    /// The connection closed without a byte.
    package static let nothing = Answer(steps: [])

    /// The connection reset, before or within a response.
    package static func reset(after text: String = "") -> Answer {
        Answer(steps: [.send(Array(text.utf8)), .reset])
    }

    /// This answer, once a gate is open.
    package func held(by gate: Gate) -> Answer {
        Answer(steps: [.wait(gate)] + self.steps)
    }

    /// This answer, and another one after it on the same connection.
    package func followed(by other: Answer) -> Answer {
        Answer(steps: self.steps + other.steps)
    }

    private static func head(_ status: Int, _ fields: [(name: String, value: String)]) -> [UInt8] {
        let lines = (fields + [("Connection", "close")]).map { "\($0.name): \($0.value)\r\n" }
        return Array("HTTP/1.1 \(status) Status\r\n\(lines.joined())\r\n".utf8)
    }
}
