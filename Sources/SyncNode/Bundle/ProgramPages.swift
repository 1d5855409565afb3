/// The texts beside the program on a stick, for whoever opens it with any viewer: in Chinese, Russian and English on
/// one page, and the script that installs. A stick with a FAT file system keeps no rights, and mostly nothing on it may
/// be run, so the script is given to a shell by name, and copies the program to where it may.
enum ProgramPages {
    /// With a mark by which viewers on any system know UTF-8.
    static let readme =
        "\u{FEFF}" + """
            中文 | Русский | English

            ========================================================================
            中文：用 U盘加入联盟，无需网络

            Caravan 让联盟的记录在每个机构的电脑上保持一致。本文件夹里有完整的程序，除 Linux 外不需要安装任何东西。
            下文的 STICK 是 U盘的位置（例如 /media/user/USB），osh 是您为自己的节点取的名称。

            1. 在本文件夹中打开终端，安装程序（装入您自己的 ~/.local，无需管理员权限）：
                   sh install.sh
            2. 提出加入申请。它会显示一串编号，请记下：
                   caravan join --request STICK/osh.request --name osh
            3. 把 U盘带给联盟的管理员。管理员核对编号相同后运行：
                   caravan invite --grant STICK/osh.request --output STICK/osh.grant
            4. U盘带回后完成加入，记录随之而来：
                   caravan join --grant STICK/osh.grant
            5. 以后每次 U盘到来，只需：
                   caravan bundle exchange STICK
               出现“可以拔出”的那一行之后再拔 U盘。

            记录在 ~/.local/share/caravan/replica.sqlite 中，任何 SQLite 程序都能读写。
            在浏览器中查看： caravan serve --console 127.0.0.1:7480   然后   caravan console --open
            全部命令： caravan --help      下一步做什么： caravan

            ========================================================================
            Русский: вступить в альянс с флешки, без сети

            Caravan хранит записи альянса одинаковыми на компьютере каждой организации. В этой папке вся программа: кроме
            Linux, ничего устанавливать не нужно. STICK ниже — место флешки (например, /media/user/USB), osh — имя, которое
            вы даёте своему узлу.

            1. Откройте терминал в этой папке и установите программу (в ваш ~/.local, права администратора не нужны):
                   sh install.sh
            2. Попросите о вступлении. Команда напечатает номер узла, запишите его:
                   caravan join --request STICK/osh.request --name osh
            3. Отвезите флешку администратору альянса. Он сверяет номер и выполняет:
                   caravan invite --grant STICK/osh.request --output STICK/osh.grant
            4. Когда флешка вернётся, вступите; записи приходят вместе с ответом:
                   caravan join --grant STICK/osh.grant
            5. Дальше каждый раз, когда флешка у вас:
                   caravan bundle exchange STICK
               Вынимайте её после строки о том, что флешку можно вынуть.

            Записи лежат в ~/.local/share/caravan/replica.sqlite; их читает и пишет любая программа для SQLite.
            В браузере: caravan serve --console 127.0.0.1:7480   и   caravan console --open
            Все команды: caravan --help      Что делать дальше: caravan

            ========================================================================
            English: join the alliance from this stick, without a network

            Caravan keeps the alliance's records the same on the computer of every institution. This folder has the whole
            program: nothing but Linux is needed. STICK stands for the place of the stick (such as /media/user/USB), osh for
            the name that you give to your node.

            1. Open a terminal in this folder and install the program (into your own ~/.local; no administrator needed):
                   sh install.sh
            2. Ask to be let in. The command prints a site; write it down:
                   caravan join --request STICK/osh.request --name osh
            3. Take the stick to an admin of the alliance, who compares the site, and runs:
                   caravan invite --grant STICK/osh.request --output STICK/osh.grant
            4. Once the stick is back, join; the records come with the answer:
                   caravan join --grant STICK/osh.grant
            5. From then on, whenever the stick is with you:
                   caravan bundle exchange STICK
               Pull it out after the line that says so.

            The records are in ~/.local/share/caravan/replica.sqlite, for any SQLite program to read and write.
            In a browser: caravan serve --console 127.0.0.1:7480   and   caravan console --open
            All commands: caravan --help      What to do next: caravan

            """

    static let installer = #"""
        #!/bin/sh
        # Puts caravan into ~/.local, or into the folder that is named: sh install.sh [FOLDER]
        # Nothing is started, and nothing outside of that folder is written.
        set -eu
        case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in ru*) language=ru ;; zh*) language=zh ;; *) language=en ;; esac
        say() {
            case $language in ru) printf '%s\n' "$2" ;; zh) printf '%s\n' "$3" ;; *) printf '%s\n' "$1" ;; esac
        }
        # A path as a person types it for a shell.
        quoted() {
            case $1 in
            *[!A-Za-z0-9_./-]*) printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")" ;;
            *) printf '%s' "$1" ;;
            esac
        }
        here=$(cd "$(dirname "$0")" && pwd)
        to=${1:-${HOME:-}/.local}
        case $to in /*) ;; *) to=$PWD/$to ;; esac
        if [ $# -eq 0 ] && [ -z "${HOME:-}" ]; then
            say "install.sh: there is no home folder: name a folder, as in: sh install.sh /opt/caravan" \
                "install.sh: нет домашней папки: назовите папку, например: sh install.sh /opt/caravan" \
                "install.sh：没有主目录：请指定一个目录，例如：sh install.sh /opt/caravan" >&2
            exit 2
        fi
        system=$(printf '%s-%s' "$(uname -m)" "$(uname -s)" | tr 'A-Z' 'a-z')
        set=
        damaged=
        for each in "$here/$system"-*; do
            [ -d "$each" ] || continue
            if [ -f "$each/SHA256SUMS" ] && (cd "$each" && sha256sum -c SHA256SUMS) >/dev/null 2>&1; then
                # The highest version: 0.10.0 comes after 0.9.0.
                latest=$(printf '%s\n' "${set##*/}" "${each##*/}" | sort -V | tail -n 1)
                [ "$latest" != "${each##*/}" ] || set=$each
            else
                damaged=$each
            fi
        done
        if [ -z "$set" ]; then
            if [ -n "$damaged" ]; then
                say "install.sh: the program on this stick is not whole: put it there again with \`caravan bundle exchange --with-program\`" \
                    "install.sh: программа на этой флешке не целая: запишите её снова: \`caravan bundle exchange --with-program\`" \
                    "install.sh：U盘上的程序不完整：请用 \`caravan bundle exchange --with-program\` 重新写入" >&2
            else
                say "install.sh: the program on this stick is not for this kind of machine ($system)" \
                    "install.sh: программа на этой флешке не для такой машины ($system)" \
                    "install.sh：U盘上的程序不适用于本机类型（$system）" >&2
            fi
            exit 1
        fi
        mkdir -p "$to/bin" "$to/lib"
        rm -rf "$to/lib/.caravan.new" "$to/lib/.caravan.old"
        mkdir "$to/lib/.caravan.new"
        if ! cp -R "$set/." "$to/lib/.caravan.new"; then
            rm -rf "$to/lib/.caravan.new"
            say "install.sh: the program cannot be copied to $to/lib: see whether there is room, and whose it is" \
                "install.sh: программу нельзя скопировать в $to/lib: проверьте, есть ли место и чья это папка" \
                "install.sh：无法把程序复制到 $to/lib：请检查空间和所有者" >&2
            exit 1
        fi
        chmod -R u+rwX,go+rX "$to/lib/.caravan.new"
        chmod 755 "$to/lib/.caravan.new/caravan"
        for loader in "$to/lib/.caravan.new/libc"/ld-*; do [ ! -f "$loader" ] || chmod 755 "$loader"; done
        [ ! -d "$to/lib/caravan" ] || mv "$to/lib/caravan" "$to/lib/.caravan.old"
        mv "$to/lib/.caravan.new" "$to/lib/caravan"
        rm -rf "$to/lib/.caravan.old"

        # With the machine's own C library where it is new enough; else with the one that came along, by its own loader.
        rm -f "$to/bin/.caravan.new"
        if "$to/lib/caravan/caravan" --version >/dev/null 2>&1; then
            ln -s ../lib/caravan/caravan "$to/bin/.caravan.new"
        else
            cat >"$to/bin/.caravan.new" <<'END'
        #!/bin/sh
        CARAVAN_COMMAND=$(readlink -f "$0")
        export CARAVAN_COMMAND
        lib=$(dirname "$(dirname "$CARAVAN_COMMAND")")/lib/caravan
        for loader in "$lib/libc"/ld-*; do exec "$loader" --library-path "$lib:$lib/libc" "$lib/caravan" "$@"; done
        END
            chmod 755 "$to/bin/.caravan.new"
        fi
        mv -f "$to/bin/.caravan.new" "$to/bin/caravan"
        if ! "$to/bin/caravan" --version >/dev/null; then
            say "install.sh: the program does not run on this machine" \
                "install.sh: программа не работает на этой машине" "install.sh：程序无法在本机运行" >&2
            exit 1
        fi
        case ":${PATH:-}:" in *":$to/bin:"*) command=caravan ;; *) command=$(quoted "$to/bin/caravan") ;; esac
        request=$(quoted "$(dirname "$here")/NAME.request")
        say "$to/bin/caravan is installed. To join an alliance: $command join --request $request --name NAME" \
            "$to/bin/caravan установлена. Чтобы вступить в альянс: $command join --request $request --name NAME" \
            "$to/bin/caravan 已安装。加入联盟：$command join --request $request --name NAME"

        """#
}
