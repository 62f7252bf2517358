namespace Picket.WorkspaceOne.Emulator.Tests.Facts;

/// <summary>One statement about the API that was seen on the wire, and the test that holds the emulator to it.</summary>
/// <param name="Section">The section of the facts that it stands in: 1 addresses and versions, 2.0 conventions …</param>
/// <param name="Test">The name of a test method of this assembly; null where the emulator does not follow.</param>
/// <param name="WhyNot">Why it does not.</param>
internal sealed record RecordedFact(string Section, string Statement, string? Test, string? WhyNot = null);
