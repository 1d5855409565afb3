/// The help of the options of every command, and of the commands from `init` to `service`.
enum FirstHelp {
    static let text = #"""
        OVERVIEW
        ru: ОБЗОР
        zh: 概述

        USAGE
        ru: ВЫЗОВ
        zh: 用法

        ARGUMENTS
        ru: АРГУМЕНТЫ
        zh: 参数

        OPTIONS
        ru: ПАРАМЕТРЫ
        zh: 选项

        SUBCOMMANDS
        ru: КОМАНДЫ
        zh: 子命令

        EXAMPLE
        ru: ПРИМЕР
        zh: 示例

        default
        ru: по умолчанию
        zh: 默认

        values
        ru: значения
        zh: 可选值

        See {} for detailed help.
        ru: Подробнее: {1}.
        zh: 详细帮助见 {1}。

        Keeps the records of an alliance the same on every institution's own SQLite file.
        ru: Держит записи альянса одинаковыми в файле SQLite каждой организации.
        zh: 让联盟的记录在每个机构自己的 SQLite 文件中保持一致。

        Every command takes --home DIR, before or after its name: the folder of the node. Without it CARAVAN_HOME, \#
        else the nearest folder upward that holds a replica, else ~/.local/share/caravan.
        ru: Каждой команде можно указать --home DIR — папку узла, до её имени или после. Без него берётся \#
        CARAVAN_HOME, иначе ближайшая вверх папка с репликой, иначе ~/.local/share/caravan.
        zh: 每个命令都接受 --home DIR（写在命令名之前或之后）：节点的目录。未写时依次取 CARAVAN_HOME、向上最近的含有副本的目录、~/.local/share/caravan。

        Show the version.
        ru: Показать версию.
        zh: 显示版本。

        Show help information.
        ru: Показать справку.
        zh: 显示帮助。

        Make a node and found an alliance of which it is the admin.
        ru: Создать узел и основать альянс, администратором которого он станет.
        zh: 建立节点，并创立以它为管理员的联盟。

        Makes the node's key, its replica and its configuration in the node's folder. Without --schema the replica \#
        has the alliance's own tables, with its committees, programmes, countries and regions filled in, and views \#
        over them.
        ru: Создаёт в папке узла его ключ, реплику и настройки. Без --schema в реплике будут таблицы самого альянса \#
        с уже введёнными комитетами, программами, странами и регионами и представления по ним.
        zh: 在节点目录中建立密钥、副本和配置。不写 --schema 时，副本使用联盟自己的表，其中已填好委员会、计划、国家和地区，并带有相应的视图。

        The node's folder.
        ru: Папка узла.
        zh: 节点的目录。

        The language of messages and help: en, ru or zh; else that of LC_ALL, LC_MESSAGES or LANG.
        ru: Язык сообщений и справки: en, ru или zh; иначе тот, что в LC_ALL, LC_MESSAGES или LANG.
        zh: 消息和帮助的语言：en、ru 或 zh；否则依 LC_ALL、LC_MESSAGES 或 LANG。

        Print JSON for programs.
        ru: Печатать JSON для программ.
        zh: 输出供程序读取的 JSON。

        What the node is called; config.yaml's name, else the machine's, unless given.
        ru: Имя узла; по умолчанию как в config.yaml, иначе имя машины.
        zh: 节点的名称；未给出时依 config.yaml，否则用本机名称。

        CREATE TABLE and CREATE INDEX statements.
        ru: Команды CREATE TABLE и CREATE INDEX.
        zh: CREATE TABLE 和 CREATE INDEX 语句。

        Permit this table a bare integer as its key. May be repeated.
        ru: Разрешить этой таблице ключ — целое число. Можно повторять.
        zh: 允许该表以单纯的整数为键。可重复。

        Print a one-line code that lets one node join; list such codes, or take one back.
        ru: Напечатать код в одну строку, по которому может вступить один узел; показать такие коды или отозвать код.
        zh: 输出一行代码，可让一个节点加入；也可列出或收回这样的代码。

        Print a one-line code that lets one node join. This is what `invite` alone does.
        ru: Напечатать код в одну строку, по которому может вступить один узел. То же делает просто `invite`.
        zh: 输出一行代码，可让一个节点加入。单写 `invite` 也是如此。

        The code is alone on standard output. It can be redeemed once, at this node, while `caravan serve` runs \#
        here. Send it by a way that only the invited can read.
        ru: На стандартный вывод печатается только код. Он действует один раз, на этом узле, пока здесь работает \#
        `caravan serve`. Передайте его так, чтобы прочесть мог только приглашённый.
        zh: 标准输出中只有代码。它只能在本节点兑现一次，且须有 `caravan serve` 在此运行。请以只有受邀者能看到的方式发送。

        Without --address it names where `serve` last listened; if that was every address of the machine, those that \#
        its interfaces have now.
        ru: Без --address в коде указан адрес, где последний раз слушал `serve`; если это были все адреса машины, то \#
        нынешние адреса её сетевых интерфейсов.
        zh: 不写 --address 时，取 `serve` 上次侦听的地址；若当时侦听本机所有地址，则取各网络接口现有的地址。

        A node without a network asks in a file (`join --request`): --grant lets it in, and --output is the answer, \#
        which it alone can read. Compare the site that is printed with the one that it printed.
        ru: Узел без сети просит о приёме файлом (`join --request`): --grant принимает его, а в --output \#
        записывается ответ, который сможет прочесть только он. Сверьте напечатанный идентификатор узла с тем, что \#
        напечатал он сам.
        zh: 没有网络的节点用文件申请（`join --request`）：--grant 接纳它，--output 是答复，只有它能读。请核对输出的站点编号与对方输出的是否一致。

        admin, member, or reader.
        ru: admin (администратор), member (участник) или reader (читатель).
        zh: admin（管理员）、member（成员）或 reader（只读成员）。

        How long it can be redeemed: 45s, 30m, 12h; 7d unless given.
        ru: Срок действия кода: 45s, 30m, 12h; если не указан, 7d.
        zh: 有效时长：45s、30m、12h；未给出时为 7d。

        Where this node is reached. May be repeated; where `serve` last listened unless given.
        ru: Адрес, по которому доступен этот узел. Можно повторять; по умолчанию тот, где последний раз слушал `serve`.
        zh: 别人连接本节点的地址。可重复；未给出时取 `serve` 上次侦听的地址。

        Draw the code on standard error, too, as a QR picture that a telephone reads.
        ru: Показать код ещё и QR-кодом для телефона, на стандартном выводе ошибок.
        zh: 另在标准错误上画出供手机扫描的二维码。

        Let the node in that wrote this petition.
        ru: Принять узел, который записал эту просьбу.
        zh: 接纳写出这份申请的节点。

        Where to write the answer to it.
        ru: Куда записать ответ на неё.
        zh: 答复写到哪里。

        Roster and schema alone in the answer: the records come by what is carried or dialled later.
        ru: В ответе только список участников и схема: записи придут потом, на флешке или по сети.
        zh: 答复中只有名册和模式：记录以后随携带的文件或经网络送达。

        List the invitations that this node gave: open, used, or expired.
        ru: Показать приглашения, выданные этим узлом: действующие, использованные, просроченные.
        zh: 列出本节点发出的邀请：未用、已用或过期。

        Take an invitation back that nobody has used.
        ru: Отозвать приглашение, которым никто не воспользовался.
        zh: 收回尚未使用的邀请。

        The beginning of its id, as `invite list` has it, or the code itself.
        ru: Начало его номера, как в `invite list`, или сам код.
        zh: 邀请编号的开头（见 `invite list`），或代码本身。

        Make a node with an invitation, and a replica in sync.
        ru: Создать узел по приглашению, с синхронизированной репликой.
        zh: 凭邀请建立节点，副本随即同步。

        The inviter becomes the node's first peer. A joining that broke off or was killed is repeated with the same \#
        line, in the same folder, and goes on where it was.
        ru: Пригласивший становится первым партнёром узла. Если вступление прервалось, повторите ту же команду в той \#
        же папке: оно продолжится с того же места.
        zh: 邀请者成为本节点的第一个对端。加入过程若中断或被终止，可在同一目录用同一行命令重试，从中断处继续。

        Without a network it takes two files: --request writes what an admin needs to know, the admin's `invite \#
        --grant FILE --output ANSWER` writes the answer, and --grant takes it, and goes on where it was cut off if \#
        it is run again. Nobody else can read the answer.
        ru: Без сети нужны два файла: --request записывает то, что нужно знать администратору, его `invite --grant \#
        FILE --output ANSWER` записывает ответ, а --grant принимает этот ответ и при повторном запуске продолжает с \#
        того места, где был прерван. Никто другой прочесть ответ не может.
        zh: 没有网络时用两个文件：--request 写出管理员需要知道的内容，管理员的 `invite --grant FILE --output ANSWER` 写出答复，--grant \#
        接受答复，再次运行时从中断处继续。别人都读不了答复。

        The line that `caravan invite` printed.
        ru: Строка, которую напечатал `caravan invite`.
        zh: `caravan invite` 输出的那一行。

        Write a petition into this file, for an admin.
        ru: Записать просьбу администратору в этот файл.
        zh: 把给管理员的申请写入此文件。

        Take the answer to the petition.
        ru: Принять ответ на просьбу.
        zh: 接受对申请的答复。

        Whom this node dials, and on which terms it exchanges with whom.
        ru: К кому подключается этот узел и на каких условиях с кем обменивается.
        zh: 本节点连接哪些对端，以及与各对端同步的条件。

        Peers stand in config.yaml under `peers`, where somebody may write them, too: as NAME: HOST:PORT, or with \#
        addresses, windows and limitRate. Every command, and `serve` when it reads that file anew, takes up what it \#
        says. Without `peers` in it those that were known stay.
        ru: Партнёры записаны в config.yaml под `peers`, и там их можно вписать и самому: как ИМЯ: HOST:PORT или с \#
        addresses, windows и limitRate. Каждая команда, и `serve`, когда перечитывает этот файл, принимает то, что в \#
        нём сказано. Если `peers` в нём нет, остаются известные.
        zh: 对端写在 config.yaml 的 `peers` 下，也可自行填写：写成 名称: HOST:PORT，或写明 addresses、windows 和 limitRate。每个命令以及重新读取该文件时的 `serve` \#
        都以其中所写为准。文件中没有 `peers` 时，保留已知的对端。

        Add a peer, or replace its addresses, windows and rate.
        ru: Добавить партнёра или заменить его адреса, время обмена и скорость.
        zh: 添加对端，或替换其地址、时段和速率。

        With --window `serve` exchanges with the peer only while the clock of this machine shows a time within one \#
        of its windows: it dials it then, refuses it at other times, and ends their sessions when the windows close, \#
        whoever dialled. A `sync` that somebody types here ignores windows. On a day on which clocks are put \#
        forward, what lies whole in the hour that is left out does not open.
        ru: С партнёром, у которого задано время (--window), `serve` связывается только в эти часы по часам этой \#
        машины: тогда подключается к нему, в другое время отказывает, а по окончании времени завершает сеансы, кто \#
        бы ни подключился. Команда `sync`, набранная здесь, на это время не смотрит. В день перевода часов вперёд \#
        промежуток, целиком попавший в пропущенный час, не наступает.
        zh: 有 --window 时，`serve` 只在本机时钟处于某个时段内才与该对端同步：此时主动连接，其他时间拒绝，时段结束即终止会话，无论由谁连接。人在此输入的 `sync` \#
        不受时段限制。时钟拨快的那天，完全落在被跳过的一小时内的时段不开启。

        --limit-rate holds what goes to the peer, and what comes from it, to so many bytes a second each, from the \#
        next session on, whoever dials and for `sync`, too. All sessions that `serve` has with it share that rate.
        ru: --limit-rate ограничивает столькими байтами в секунду и то, что идёт партнёру, и то, что приходит от \#
        него: со следующего сеанса, кто бы ни подключился, и для `sync` тоже. Все сеансы `serve` с ним делят эту \#
        скорость.
        zh: --limit-rate 把发往该对端和来自它的流量各限制为每秒这么多字节，从下一次会话起生效，无论由谁连接，对 `sync` 也一样。`serve` 与它的所有会话共用此速率。

        Without an address a peer keeps those that it has, and a member that only dials in gets a window or a rate.
        ru: Если адрес не указан, у партнёра остаются прежние; так можно задать время или скорость и участнику, \#
        который только подключается сам.
        zh: 不写地址时，对端保留原有地址；也可这样为只由对方连接的成员设定时段或速率。

        What to call the peer.
        ru: Как называть партнёра.
        zh: 对端的名称。

        Where to dial it, tried in this order.
        ru: Адреса для подключения к нему; пробуются по порядку.
        zh: 连接它的地址，按此顺序尝试。

        When to exchange with it, by local time; may be given more than once. At any time unless given.
        ru: Когда с ним обмениваться, по местному времени; можно указать несколько раз. По умолчанию в любое время.
        zh: 何时与它同步，按当地时间；可多次给出。未给出时为任何时间。

        Bytes a second that may go each way, as 32k or 1M (k is 1024); at least 4k.
        ru: Сколько байтов в секунду допускать в каждую сторону: 32k или 1M (k — 1024); не менее 4k.
        zh: 每个方向每秒的字节数，如 32k 或 1M（k 为 1024）；至少 4k。

        List peers, with what each is known to hold.
        ru: Показать партнёров и то, что, насколько известно, есть у каждого.
        zh: 列出对端，以及已知各自持有的内容。

        Behind a peer's addresses stand its windows and rate, if it has any.
        ru: После адресов партнёра стоят время обмена и скорость, если они заданы.
        zh: 对端的地址之后是它的时段和速率（如有）。

        Sent, held durably by the peer, and applied by it are three numbers, each over the changesets of every feed. \#
        With --json `lacks` counts what the peer is not known to hold (`lacksSince`: when the oldest of it was \#
        sealed), `ahead` what it said that it holds and this node does not, and `sessions` has those that a running \#
        `serve` has open with it: `since`, `dialledBy` (`here` or `peer`) and `isStanding`, which says that both \#
        sides hold the same and whatever is written goes over at once.
        ru: Отправлено, надёжно хранится у партнёра, применено им — это три числа наборов изменений по всем лентам. \#
        С --json `lacks` — скольких, насколько известно, нет у партнёра (`lacksSince`: когда запечатан старейший из \#
        них), `ahead` — сколько, по его словам, есть у него и нет здесь, а `sessions` — открытые сеансы работающего \#
        `serve` с ним: `since`, `dialledBy` (`here` или `peer`) и `isStanding`: у обеих сторон одно и то же, и всё \#
        написанное передаётся сразу.
        zh: 已发送、对端已持久保存、对端已应用是三个数，各按所有写入流的变更集计。加 --json 时，`lacks` 是已知对端缺少的数目（`lacksSince`：其中最早的封存时间），`ahead` \#
        是对端自称持有而本节点没有的数目，`sessions` 是运行中的 `serve` 与它的会话：`since`、`dialledBy`（`here` 或 `peer`）和 \#
        `isStanding`（双方内容相同，写入的内容随即送达）。

        Dial a peer no more.
        ru: Больше не подключаться к партнёру.
        zh: 不再连接某个对端。

        The peer's name, or the beginning of its site id.
        ru: Имя партнёра или начало идентификатора его узла.
        zh: 对端的名称，或其站点编号的开头。

        Who belongs, with which role.
        ru: Кто состоит в альянсе и с какой ролью.
        zh: 谁是成员，担任什么角色。

        List everybody who was ever admitted.
        ru: Показать всех, кого когда-либо приняли.
        zh: 列出曾被接纳的所有成员。

        Give a member another role.
        ru: Дать участнику другую роль.
        zh: 给成员另一个角色。

        Only an admin may. A lesser role holds from what this node has of the member: what the member wrote beyond \#
        that, with a right that the new role does not give, is kept and does not count until `member release`.
        ru: Доступно только администратору. Меньшая роль действует начиная с того, что у этого узла уже есть от \#
        участника: написанное позже, на что новая роль права не даёт, хранится, но не засчитывается до `member release`.
        zh: 仅管理员可用。较低的角色从本节点已有的该成员内容之后生效：此后写入而新角色无权的内容会保留，但在 `member release` 之前不计入。

        The same command confirms a member who waits for an admin, and takes one back who was retired.
        ru: Та же команда подтверждает участника, ждущего администратора, и возвращает исключённого.
        zh: 同一命令可确认等待管理员的成员，也可接回已退出的成员。

        The member's name, or the beginning of its site id.
        ru: Имя участника или начало идентификатора его узла.
        zh: 成员的名称，或其站点编号的开头。

        With a lesser role: what the member wrote since then does not count either.
        ru: С меньшей ролью: не засчитывать и то, что участник написал с этого времени.
        zh: 与较低的角色连用：该成员自那时起写入的内容也不计入。

        End a member's right: a laptop that is lost, a person who left.
        ru: Прекратить право участника: ноутбук потерян, человек ушёл.
        zh: 终止成员的权利：笔记本丢失，或人员离开。

        Only an admin may. What this node has of the member goes on counting. What the member writes beyond that is \#
        taken out of all tables wherever it turns up, and kept: `member release` lets it count again. No node \#
        exchanges anything with a retired one.
        ru: Доступно только администратору. То, что у этого узла уже есть от участника, засчитывается и дальше. \#
        Написанное позже изымается из всех таблиц, где бы ни появилось, но хранится: `member release` снова его \#
        засчитает. С исключённым узлом никто не обменивается.
        zh: 仅管理员可用。本节点已有的该成员内容继续有效。此后写入的内容无论出现在哪里都从所有表中取出并保留：`member release` 可使其重新计入。任何节点都不与已退出者同步。

        The last admin cannot be retired.
        ru: Последнего администратора исключить нельзя.
        zh: 最后一个管理员不能退出。

        Where a feed of the member's went two ways, for its machine was put back or its key copied, `doctor` names \#
        the branches. Both count, unless one is left out; `member role` lets the member go on afterwards.
        ru: Если лента участника раздвоилась, потому что его машину вернули к прежнему состоянию или ключ \#
        скопировали, `doctor` показывает ветви. Засчитываются обе, если одну не исключить; после этого `member role` \#
        позволит участнику продолжать.
        zh: 成员的写入流若因机器被恢复或密钥被复制而分叉，`doctor` 会列出分支。除非排除其中一支，两支都计入；之后 `member role` 可让该成员继续。

        What the member wrote since then does not count either.
        ru: Не засчитывать и то, что участник написал с этого времени.
        zh: 该成员自那时起写入的内容也不计。

        What is on this branch of a feed that went two ways does not count either.
        ru: Не засчитывать и то, что на этой ветви раздвоившейся ленты.
        zh: 分叉的写入流中，这一分支上的内容也不计入。

        Let count again what a member wrote beyond the end of its right.
        ru: Снова засчитать то, что участник написал после прекращения своего права.
        zh: 使成员在权利终止后写入的内容重新计入。

        Only an admin may. `log` lists such changesets as quarantined, with the reason. The member's role stays as \#
        it is.
        ru: Доступно только администратору. `log` показывает такие наборы изменений в карантине, с причиной. Роль \#
        участника не меняется.
        zh: 仅管理员可用。`log` 把这样的变更集列为隔离，并注明原因。成员的角色不变。

        Only what the member wrote before then.
        ru: Только то, что участник написал до этого.
        zh: 只含该成员在此之前写入的内容。

        Run the node: listen, and keep peers in sync.
        ru: Запустить узел: принимать подключения и синхронизироваться с партнёрами.
        zh: 运行节点：侦听，并与对端保持同步。

        The first line on standard output is `listening on HOST:PORT`. Ends on SIGTERM or SIGINT within 5 seconds. \#
        On a disk that is full, or while another program holds the replica, it says so once a minute, tries every 5 \#
        seconds, and serves as soon as it can. If the replica is moved away or replaced, it opens what is there now; \#
        while nothing is there, or what is being copied there is not whole, it says so and waits.
        ru: Первая строка стандартного вывода — `listening on HOST:PORT`. По SIGTERM или SIGINT завершается за 5 \#
        секунд. Если диск заполнен или реплику занимает другая программа, раз в минуту сообщает об этом, пробует \#
        каждые 5 секунд и начинает работать, как только сможет. Если реплику перенесли или заменили, открывает то, \#
        что там теперь; пока там ничего нет или копирование не закончено, сообщает об этом и ждёт.
        zh: 标准输出第一行是 `listening on HOST:PORT`。收到 SIGTERM 或 SIGINT 后 5 秒内结束。磁盘已满或副本被其他程序占用时，每分钟提示一次，每 5 \#
        秒重试，一旦可行即开始服务。若副本被移走或替换，则打开现在那里的内容；那里还没有副本或尚未复制完整时，会提示并等待。

        Peers that serve too stay connected: what any program writes here is there at once, and goes on to all that \#
        they are connected to. While nothing changes that costs some 30 MB a month. One that does not answer is \#
        dialled again after 10 seconds (`interval` in config.yaml), then ever more rarely. A peer with windows is \#
        dialled while one is open (`caravan peer add --help`).
        ru: С партнёрами, у которых тоже работает `serve`, связь постоянна: то, что здесь пишет любая программа, \#
        сразу оказывается у них и идёт дальше ко всем, с кем связаны они. Пока ничего не меняется, это стоит около \#
        30 МБ в месяц. К тому, кто не отвечает, узел подключается снова через 10 секунд (`interval` в config.yaml), \#
        потом всё реже. С партнёром, у которого задано время (--window), узел связывается в эти часы (`caravan peer \#
        add --help`).
        zh: 同样在运行 `serve` 的对端保持连接：任何程序在此写入的内容立即到达那里，并传给与它们相连的所有节点。没有变化时每月约 30 MB。对端没有应答时，10 秒后重新连接（config.yaml 中的 \#
        `interval`），之后间隔越来越长。设有时段的对端只在时段内连接（`caravan peer add --help`）。

        SIGHUP has config.yaml read anew; a mistake in it is said with its line, and the former settings hold. The \#
        log is on standard error, and its last lines in serve.log in the node's folder; a line that repeats within a \#
        minute is counted instead. With --metrics a collector reads /metrics there, and /healthz and /readyz tell \#
        how the node stands. `caravan service install` has systemd run it.
        ru: По SIGHUP config.yaml перечитывается; об ошибке в нём сообщается с номером строки, и действуют прежние \#
        настройки. Журнал идёт на стандартный вывод ошибок, последние строки — в serve.log в папке узла; строки, \#
        которые повторяются в течение минуты, только считаются. С --metrics система мониторинга читает /metrics, а \#
        /healthz и /readyz показывают состояние узла. `caravan service install` поручает запуск systemd.
        zh: 收到 SIGHUP 时重新读取 config.yaml；其中的错误会连同行号指出，原设置继续有效。日志输出到标准错误，最后若干行在节点目录的 serve.log 中；一分钟内重复的行只计数。有 \#
        --metrics 时，采集程序可读 /metrics，/healthz 和 /readyz 说明节点状况。`caravan service install` 让 systemd 来运行。

        With --console a browser shows the node too; the second line is then `console on http://HOST:PORT`, and \#
        `caravan console` prints a link to sign in. Beyond this machine it speaks TLS only.
        ru: С --console узел можно смотреть и в браузере; тогда вторая строка — `console on http://HOST:PORT`, а \#
        `caravan console` печатает ссылку для входа. За пределами этой машины — только по TLS.
        zh: 有 --console 时，浏览器也能查看节点；第二行是 `console on http://HOST:PORT`，`caravan console` 输出登录链接。在本机之外只用 TLS。

        Where to listen; port 0 for any. config.yaml's, else 127.0.0.1:7410, unless given.
        ru: Где слушать; порт 0 — любой. По умолчанию как в config.yaml, иначе 127.0.0.1:7410.
        zh: 在哪里侦听；端口 0 表示任意。未给出时依 config.yaml，否则为 127.0.0.1:7410。

        Where measures are read by HTTP, on this machine alone. config.yaml's unless given.
        ru: Где отдавать показатели по HTTP, только на этой машине. По умолчанию как в config.yaml.
        zh: 在哪里以 HTTP 读取指标，仅限本机。未给出时依 config.yaml。

        The form of the log: text or json.
        ru: Формат журнала: text или json.
        zh: 日志的格式：text 或 json。

        The least weight of a line: trace, debug, info, notice, warning or error.
        ru: Наименьшая важность строк журнала: trace, debug, info, notice, warning или error.
        zh: 日志行的最低级别：trace、debug、info、notice、warning 或 error。

        Where the console for browsers listens; port 0 for any. config.yaml's unless given.
        ru: Где слушает консоль для браузеров; порт 0 — любой. По умолчанию как в config.yaml.
        zh: 浏览器控制台在哪里侦听；端口 0 表示任意。未给出时依 config.yaml。

        Print a link that signs a browser in, once, to the console of this node.
        ru: Напечатать одноразовую ссылку для входа из браузера в консоль этого узла.
        zh: 输出一个一次性链接，用来在浏览器中登录本节点的控制台。

        The console runs where `caravan serve --console HOST:PORT` does. The link works once, for ten minutes; \#
        whoever opens it acts in the name of this node until they sign out.
        ru: Консоль работает, пока запущен `caravan serve --console HOST:PORT`. Ссылка одноразовая и действует \#
        десять минут; тот, кто её откроет, действует от имени этого узла, пока не выйдет.
        zh: 控制台由 `caravan serve --console HOST:PORT` 提供。链接只能用一次，十分钟内有效；打开它的人在退出之前以本节点的名义操作。

        Open the link in the browser, too.
        ru: Сразу открыть ссылку в браузере.
        zh: 同时在浏览器中打开链接。

        Have systemd run the node, and start it again.
        ru: Поручить systemd запускать узел и перезапускать его.
        zh: 让 systemd 运行节点，并在停止后重启。

        Write a systemd unit that runs `serve`, and start it.
        ru: Записать юнит systemd, который запускает `serve`, и запустить его.
        zh: 写出运行 `serve` 的 systemd 单元文件，并启动它。

        The service is told to be ready only when the node listens, is watched and started again if it fails, and \#
        may write in the node's folder alone. `systemctl reload` has it read config.yaml anew. What stands after -- \#
        is given to `serve`. Run it again after the command was moved, or to change that. Ends with status 1 where \#
        the unit was written and systemd could not be told: the commands that are left are printed.
        ru: Служба считается готовой, только когда узел слушает; за ней следят и при сбое перезапускают, писать она \#
        может только в папку узла. По `systemctl reload` она перечитывает config.yaml. Всё, что стоит после --, \#
        передаётся `serve`. Выполните команду снова, если переместили программу или хотите это изменить. Код \#
        завершения 1, если юнит записан, но обратиться к systemd не удалось: тогда печатаются оставшиеся команды.
        zh: 节点开始侦听后服务才算就绪；它受监视，失败即重启，且只能写节点目录。`systemctl reload` 使它重新读取 config.yaml。-- 之后的内容交给 \#
        `serve`。移动程序之后或要改变这些时，请再次运行。单元文件已写出而无法通知 systemd 时，退出码为 1，并输出余下的命令。

        A service of this user: the default, but for root.
        ru: Служба этого пользователя: так по умолчанию, если это не root.
        zh: 当前用户的服务：默认如此，root 除外。

        A service of the machine, which runs as the owner of the node's folder.
        ru: Служба машины; работает от имени владельца папки узла.
        zh: 整机的服务，以节点目录的所有者身份运行。

        What the service is called, where a machine has several nodes.
        ru: Имя службы, если на машине несколько узлов.
        zh: 服务的名称，用于一台机器有多个节点时。

        Print the unit, and write nothing.
        ru: Напечатать юнит и ничего не записывать.
        zh: 输出单元文件，不写任何东西。

        Options of `serve`.
        ru: Параметры `serve`.
        zh: `serve` 的选项。

        Stop the service, and remove its unit; the node stays.
        ru: Остановить службу и убрать её юнит; узел остаётся.
        zh: 停止服务并删除其单元文件；节点保留。

        Print what would be removed, and remove nothing.
        ru: Напечатать, что было бы убрано, и ничего не убирать.
        zh: 输出将删除的内容，不删除。

        How the service stands.
        ru: Состояние службы.
        zh: 服务的状况。

        Ends with status 1 unless it is active, and its unit is as `service install` would write it.
        ru: Код завершения 1, если служба не работает или её юнит отличается от того, что записал бы `service install`.
        zh: 服务未在运行，或其单元文件与 `service install` 会写出的不同时，退出码为 1。
        """#
}
