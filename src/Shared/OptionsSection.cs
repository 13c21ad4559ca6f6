using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Shared;

/// <summary>A section of the configuration from which options are read, strictly: a name that is not known and a value that cannot be read are faults. Names
/// are those of the properties, in any case.</summary>
/// <remarks>Not thread-safe. Unlike <c>ConfigurationBinder</c> it needs no reflection, replaces lists, and does not take <c>25000</c> for days. Compiled into the server and into the client.</remarks>
internal sealed class OptionsSection
{
    private const string TimeWanted = "a time such as \"00:00:25\" for 25 seconds or \"00:00:00.300\"";

    private readonly Dictionary<string, IConfigurationSection> _values;
    private readonly SortedSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _faults;
    private readonly string _prefix;

    /// <summary>Opens a section.</summary>
    /// <param name="configuration">The section; one that does not exist leaves every option as it is.</param>
    public OptionsSection(IConfiguration configuration)
        : this(configuration, [])
    {
        if (configuration is IConfigurationSection { Value.Length: > 0 } section) AddFault(section.Path, section.Value, "a group of options");
    }

    private OptionsSection(IConfiguration configuration, List<string> faults)
    {
        _values = configuration.GetChildren().ToDictionary(static child => child.Key, StringComparer.OrdinalIgnoreCase);
        _prefix = configuration is IConfigurationSection section ? section.Path + ConfigurationPath.KeyDelimiter : "";
        _faults = faults;
    }

    /// <summary>Reads a text; an empty one is null.</summary>
    /// <param name="option">The name of the option.</param>
    /// <param name="set">Receives the value where there is one; so with every other method.</param>
    public void Text(string option, Action<string?> set) => Read(option, static text => text.Length == 0 ? null : text, "a text", set);

    /// <summary>Reads true or false.</summary>
    /// <inheritdoc cref="Text"/>
    public void Flag(string option, Action<bool> set) => Read(option, bool.Parse, "true or false", set);

    /// <summary>Reads true or false; an empty text is null.</summary>
    /// <inheritdoc cref="Text"/>
    public void OptionalFlag(string option, Action<bool?> set) => Read(option, static text => text.Length == 0 ? default(bool?) : bool.Parse(text), "true or false", set);

    /// <summary>Reads a number.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <inheritdoc cref="Text"/>
    public void Number<T>(string option, Action<T> set)
        where T : struct, IConvertible =>
        Read(option, ParseNumber<T>, NumberWanted<T>(), set);

    /// <summary>Reads a number; an empty text is null.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <inheritdoc cref="Text"/>
    public void OptionalNumber<T>(string option, Action<T?> set)
        where T : struct, IConvertible =>
        Read(option, static text => text.Length == 0 ? default(T?) : ParseNumber<T>(text), NumberWanted<T>(), set);

    /// <summary>Reads a time, written <c>[days.]hours:minutes:seconds[.fraction]</c>.</summary>
    /// <inheritdoc cref="Text"/>
    public void Time(string option, Action<TimeSpan> set) => Read(option, ParseTime, TimeWanted, set);

    /// <summary>Reads a time; an empty text is null.</summary>
    /// <inheritdoc cref="Text"/>
    public void OptionalTime(string option, Action<TimeSpan?> set) =>
        Read(option, static text => text.Length == 0 ? default(TimeSpan?) : ParseTime(text), TimeWanted, set);

    /// <summary>Reads one of the names of an enumeration.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <inheritdoc cref="Text"/>
    public void Choice<T>(string option, Action<T> set)
        where T : struct, Enum =>
        Read(option, ParseName<T>, "one of " + string.Join(", ", NamesOf<T>()), set);

    /// <summary>Reads any value that a text can say.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="option">The name of the option.</param>
    /// <param name="parse">Makes the value of the text; what it throws is a fault.</param>
    /// <param name="wanted">What the option should be set to, for the message of a fault.</param>
    /// <param name="set">Receives the value.</param>
    public void Read<T>(string option, Func<string, T> parse, string wanted, Action<T> set)
    {
        if (!TryFind(option, out var value)) return;
        if (value.GetChildren().Any()) AddFault(value.Path, "a group", wanted);
        else if (TryParse(value.Value ?? "", parse, out var result)) set(result);
        else AddFault(value.Path, value.Value, wanted);
    }

    /// <summary>Reads a list of texts, or one text with commas.</summary>
    /// <inheritdoc cref="Text"/>
    public void List(string option, Action<IList<string>> set)
    {
        if (TryReadList(option) is { } list) set(list);
    }

    /// <summary>Reads texts under names of the application's own.</summary>
    /// <param name="option">The name of the option.</param>
    /// <param name="set">Receives each name and its text.</param>
    public void Texts(string option, Action<string, string> set)
    {
        if (!TryFind(option, out var value)) return;
        if (!string.IsNullOrEmpty(value.Value)) AddFault(value.Path, value.Value, "a group of texts");
        foreach (var item in value.GetChildren())
        {
            if (item.Value is { } text) set(item.Key, text);
            else AddFault(item.Path, "a group", "a text");
        }
    }

    /// <summary>Reads a set of names of an enumeration: a list, or one text with commas.</summary>
    /// <typeparam name="T">The enumeration, of flags.</typeparam>
    /// <inheritdoc cref="Text"/>
    public void Set<T>(string option, Action<T> set)
        where T : struct, Enum
    {
        if (TryReadList(option) is not { } names) return;
        if (names.Count > 0 && names.All(static name => TryParse(name, ParseName<T>, out _)) && Enum.TryParse(string.Join(",", names), ignoreCase: true, out T value)) set(value);
        else AddFault(_prefix + option, string.Join(", ", names), "some of " + string.Join(", ", NamesOf<T>()));
    }

    /// <summary>Reads a group of options, which <c>true</c> switches on with its defaults and <c>false</c> switches off. One that is null or empty (<c>{}</c>) is a fault:
    /// a configuration cannot tell the two apart.</summary>
    /// <typeparam name="T">The type of the group.</typeparam>
    /// <param name="option">The name of the option.</param>
    /// <param name="current">The group as it is, on which the configuration is laid.</param>
    /// <param name="read">Reads the options of the group.</param>
    /// <param name="set">Receives the group, or null.</param>
    public void Group<T>(string option, T? current, Action<OptionsSection, T> read, Action<T?> set)
        where T : class, new()
    {
        if (!TryFind(option, out var value)) return;
        var isGroup = value.GetChildren().Any();
        var isSwitch = bool.TryParse(value.Value, out var isOn);
        if (!isGroup && !isSwitch)
        {
            AddFault(value.Path, value.Value, "true, false or a group of options");
        }
        else if (isSwitch && !isOn)
        {
            set(null);
        }
        else
        {
            var group = current ?? new T();
            var section = new OptionsSection(value, _faults);
            read(section, group);
            section.CheckNames();
            set(group);
        }
    }

    /// <summary>Names options that only code can set: finding one is a fault.</summary>
    /// <param name="options">The names.</param>
    public void InCode(params ReadOnlySpan<string> options)
    {
        foreach (var option in options)
        {
            if (_values.TryGetValue(option, out var value)) _faults.Add($"The option {value.Path} is code, which a configuration cannot hold; set it with options => options.{option} = ….");
            _values.Remove(option);
        }
    }

    /// <summary>Ends the reading.</summary>
    /// <param name="optionsName">The name of the options.</param>
    /// <param name="optionsType">The type of the options.</param>
    /// <exception cref="OptionsValidationException">There were faults: names not known, values that cannot be read. Each says which option and what to do, and the value of one that is known.</exception>
    public void Complete(string optionsName, Type optionsType)
    {
        CheckNames();
        if (_faults.Count > 0) throw new OptionsValidationException(optionsName, optionsType, _faults);
    }

    private static string NumberWanted<T>() => typeof(T) == typeof(double) ? "a number" : "a whole number";

    private static T ParseNumber<T>(string text)
        where T : struct, IConvertible =>
        (T)Convert.ChangeType(text, typeof(T), CultureInfo.InvariantCulture);

    // A bare number would be days; the official options are milliseconds.
    private static TimeSpan ParseTime(string text) =>
        text.Contains(':') ? TimeSpan.Parse(text, CultureInfo.InvariantCulture) : throw new FormatException();

    private static string[] NamesOf<T>() => Enum.GetNames(typeof(T));

    private static T ParseName<T>(string text)
        where T : struct, Enum =>
        NamesOf<T>().Contains(text, StringComparer.OrdinalIgnoreCase) && Enum.TryParse(text, ignoreCase: true, out T value) ? value : throw new FormatException();

    private static bool TryParse<T>(string text, Func<string, T> parse, out T result)
    {
        try
        {
            result = parse(text);
            return true;
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
        {
            result = default!;
            return false;
        }
    }

    private List<string>? TryReadList(string option)
    {
        if (!TryFind(option, out var value)) return null;
        var items = value.GetChildren().ToList();
        if (items.Count == 0) return [.. (value.Value ?? "").Split(',').Select(static item => item.Trim()).Where(static item => item.Length > 0)];
        if (items.TrueForAll(static item => !string.IsNullOrEmpty(item.Value) && int.TryParse(item.Key, out _))) return items.ConvertAll(static item => item.Value!);
        AddFault(value.Path, "a group", "a list of texts");
        return null;
    }

    private bool TryFind(string option, [NotNullWhen(true)] out IConfigurationSection? value)
    {
        _known.Add(option);
        return _values.TryGetValue(option, out value);
    }

    private void CheckNames()
    {
        foreach (var value in _values.Values)
        {
            // Not its value, which may be a secret that belongs elsewhere.
            if (!_known.Contains(value.Key)) _faults.Add($"The option {value.Path} is not known; remove it, or set one of {string.Join(", ", _known)}.");
        }
    }

    private void AddFault(string path, string? value, string wanted) => _faults.Add($"The option {path} is {(string.IsNullOrEmpty(value) ? "empty" : value)}; set it to {wanted}.");
}
