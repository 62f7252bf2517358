namespace Picket.Core.Enrollment;

/// <summary>Why a line cannot be taken, in an administrator's words.</summary>
/// <param name="Line">Of the file, from 1: the header's is 1.</param>
/// <param name="Column">Name of the column; null where it is the line as a whole.</param>
/// <param name="Text">What is wrong, and what would be right.</param>
public sealed record ImportMistake(int Line, string? Column, string Text);
