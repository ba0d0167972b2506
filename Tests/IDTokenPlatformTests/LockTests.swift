//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import IDTokenPlatform
internal import Testing

@Suite("Lock")
struct LockTests {
    private enum Refusal: Error {
        case refused
    }

    @Test("concurrent increments all count")
    func increments() async {
        let lock = Lock(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    for _ in 0..<1_000 {
                        lock.withLock { $0 += 1 }
                    }
                }
            }
        }
        #expect(lock.withLock { $0 } == 64_000)
    }

    @Test("a change of several steps is seen whole")
    func wholeChanges() async {
        let lock = Lock((left: 0, right: 0))
        let torn = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var torn = 0
                    for _ in 0..<2_000 {
                        lock.withLock { state in
                            if state.left != state.right { torn += 1 }
                            state.left += 1
                            state.right += 1
                        }
                    }
                    return torn
                }
            }
            return await group.reduce(0, +)
        }
        #expect(torn == 0)
        #expect(lock.withLock { $0 } == (16_000, 16_000))
    }

    @Test("an error comes out with its type, and the lock is free again")
    func throwing() {
        let lock = Lock(1)
        do throws(Refusal) {
            try lock.withLock { state throws(Refusal) in
                state = 2
                throw .refused
            }
            Issue.record("nothing was thrown")
        } catch {
            #expect(error == .refused)
        }
        #expect(lock.withLock { $0 } == 2)
    }

    @Test("the closure's result comes out")
    func result() {
        let lock = Lock(["a", "b"])
        #expect(lock.withLock { $0.popLast() } == "b")
        #expect(lock.withLock { $0 } == ["a"])
    }

    @Test("the state goes with the lock")
    func release() {
        final class Guest: Sendable {}
        weak var guest: Guest?
        do {
            let lock = Lock(Guest())
            guest = lock.withLock { $0 }
            #expect(guest != nil)
        }
        #expect(guest == nil)
    }
}
